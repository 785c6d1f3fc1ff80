// Leaving a form with changes in it asks first.

const changed = new Set();
const guarded = (event) => (event.target instanceof Element ? event.target.closest("form[data-guard]") : null);

document.addEventListener("input", (event) => {
  const form = guarded(event);
  if (form && !event.target.matches("[data-find]")) changed.add(form);
});
for (const kind of ["submit", "reset"]) {
  document.addEventListener(kind, (event) => changed.delete(guarded(event)));
}
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
