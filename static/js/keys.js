// Single keys as shortcuts: one that is pressed outside a field is told to the page as "single-key", unless they are
// switched off. Whoever does something with it cancels the event. "?" lists them.

const OTHER_THAN_BOXES = 'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])';
const isOff = () => localStorage.getItem("single-keys") === "off";
const dialog = document.querySelector("[data-keys-dialog]");

function list() {
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.key.length > 1 || isOff()) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(OTHER_THAN_BOXES) || document.querySelector("dialog[open]")) return;
  const told = new CustomEvent("single-key", { bubbles: true, cancelable: true, detail: { key: event.key } });
  if (!target.dispatchEvent(told)) event.preventDefault();
});

if (dialog) {
  document.addEventListener("single-key", (event) => {
    if (event.detail.key !== "?") return;
    event.preventDefault();
    list();
  });
  const box = dialog.querySelector("[data-keys-toggle]");
  box.checked = !isOff();
  box.addEventListener("change", () => localStorage.setItem("single-keys", box.checked ? "on" : "off"));
  for (const opener of document.querySelectorAll("[data-keys-open]")) opener.addEventListener("click", list);
}
