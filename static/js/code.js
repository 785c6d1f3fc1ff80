// Coding with keys alone: each theme has one, "f" finds one by typing, Enter goes on to the next passage.

const form = document.querySelector("form[data-code-form]");
const inField = (target) => target instanceof Element && target.closest("a, button, summary, input:not([type=checkbox]), textarea");

if (form) {
  document.addEventListener("single-key", (event) => {
    const box = form.querySelector(`input[data-key="${CSS.escape(event.detail.key)}"]`);
    if (box) box.click();
    else if (event.detail.key === "f") form.querySelector("[data-find]")?.focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (inField(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
