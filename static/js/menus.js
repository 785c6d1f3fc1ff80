// Menus close on Escape, on a press elsewhere and when focus leaves; filters start closed on a phone.

const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
  }
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
}

if (matchMedia("(max-width: 1080px)").matches) {
  for (const panel of document.querySelectorAll("details[data-facets]")) panel.open = false;
}
