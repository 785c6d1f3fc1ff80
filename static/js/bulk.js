// One box in the table's head ticks every row; the count of ticked rows is said beside the actions.

function tell(form) {
  const boxes = [...form.querySelectorAll("[data-bulk-row]")];
  const ticked = boxes.filter((box) => box.checked).length;
  const all = form.querySelector("[data-bulk-all]");
  if (all) {
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  const count = form.querySelector("[data-bulk-count]");
  if (count) count.textContent = ticked ? `${ticked} chosen` : "None chosen";
}

document.addEventListener("change", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form[data-bulk]") : null;
  if (!form) return;
  if (event.target.matches("[data-bulk-all]")) {
    for (const box of form.querySelectorAll("[data-bulk-row]")) box.checked = event.target.checked;
  }
  tell(form);
});

document.querySelectorAll("form[data-bulk]").forEach(tell);
