// Many at once: one box ticks every row, and with Shift held all from the last one ticked; how many are ticked is said
// beside the actions. "x" ticks the row where the focus is, "t" goes on to tag what is ticked. Boxes may stand outside
// their form. Where rows are no quotes, "j" and "k" go from one to the next.

const ROW = "[data-cited], tr, article, li";
const form = document.querySelector("form[data-bulk]");
const boxes = () => [...form.elements].filter((each) => each.matches("[data-bulk-row]"));
const rowOf = (box) => box.closest(ROW);
let last = null;

function tell() {
  const ticked = boxes().filter((box) => box.checked).length;
  const all = [...form.elements].find((each) => each.matches("[data-bulk-all]"));
  if (all) {
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
  const count = [...document.querySelectorAll("[data-bulk-count]")].find((each) => each.closest("form") === form);
  if (count) count.textContent = ticked ? `${ticked} chosen` : "None chosen";
}

/** The box of the row where the focus is. */
function here() {
  const row = document.activeElement?.closest(ROW);
  return row && boxes().find((box) => row.contains(box));
}

function tick(box) {
  box.checked = !box.checked;
  last = box;
  tell();
}

function step(by) {
  const now = boxes().indexOf(here());
  const next = boxes()[now < 0 ? 0 : now + by];
  next?.focus({ preventScroll: true });
  next && rowOf(next).scrollIntoView({ block: "nearest" });
}

function act(key) {
  const box = here();
  if (key === "x" && box) return tick(box), true;
  if ((key === "j" || key === "k") && !document.querySelector("[data-cited]")) return step(key === "j" ? 1 : -1), true;
  const tag = form.querySelector("[data-bulk-tag]");
  if (key !== "t" || !tag) return false;
  if (box && !boxes().some((each) => each.checked)) tick(box);
  tag.click();
  return true;
}

if (form) {
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.form !== form || !box.matches("[data-bulk-row]")) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes().indexOf(last), boxes().indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes().slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
  });
  document.addEventListener("change", (event) => {
    if (event.target.form !== form) return;
    if (event.target.matches("[data-bulk-all]")) for (const box of boxes()) box.checked = event.target.checked;
    tell();
  });
  document.addEventListener("single-key", (event) => {
    if (act(event.detail.key)) event.preventDefault();
  });
  tell();
}
