// "/" goes to the search field. From there the arrows lead through what is suggested, and Escape puts it away.

document.addEventListener("single-key", (event) => {
  const field = document.querySelector("[data-search]");
  if (event.detail.key !== "/" || !field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

document.addEventListener("keydown", (event) => {
  const seek = event.target.closest?.(".seek");
  if (!seek) return;
  const field = seek.querySelector("[data-search]");
  const stops = [field, ...seek.querySelectorAll("#suggested a")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && stops.length > 1) {
    event.preventDefault();
    const next = stops.indexOf(document.activeElement) + step;
    stops[(next + stops.length) % stops.length].focus();
  } else if (event.key === "Escape" && stops.length > 1) {
    event.preventDefault();
    seek.querySelector("#suggested").replaceChildren();
    field.focus();
  }
});
