// Rows of a formset are added from its template and removed by ticking their own "remove" box.

const own = (set, selector) => [...set.querySelectorAll(selector)].filter((each) => each.closest("[data-formset]") === set);

function add(set) {
  const prefix = set.dataset.formset;
  const total = own(set, `input[name="${CSS.escape(prefix)}-TOTAL_FORMS"]`)[0];
  const limit = own(set, `input[name="${CSS.escape(prefix)}-MAX_NUM_FORMS"]`)[0];
  const blank = own(set, "template[data-formset-empty]")[0];
  const rows = own(set, "[data-formset-rows]")[0];
  if (!total || !blank || !rows) return;
  const index = Number(total.value);
  if (limit && index >= Number(limit.value)) return;
  const holder = document.createElement("template");
  holder.innerHTML = blank.innerHTML.replaceAll(`${prefix}-__prefix__`, `${prefix}-${index}`);
  const row = holder.content.firstElementChild;
  rows.append(holder.content);
  total.value = String(index + 1);
  row?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  total.dispatchEvent(new Event("input", { bubbles: true }));
}

function mark(row, removed) {
  const box = row.querySelector('input[name$="-DELETE"]');
  if (!box) return;
  box.checked = removed;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  row.classList.toggle("removed", removed);
  row.querySelector(removed ? "[data-formset-restore]" : "[data-formset-remove]")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  const row = button.closest("[data-formset-row]");
  if (button.matches("[data-formset-add]")) add(button.closest("[data-formset]"));
  else if (row && button.matches("[data-formset-remove]")) mark(row, true);
  else if (row && button.matches("[data-formset-restore]")) mark(row, false);
});

for (const box of document.querySelectorAll('[data-formset-row] input[name$="-DELETE"]:checked')) {
  box.closest("[data-formset-row]").classList.add("removed");
}
