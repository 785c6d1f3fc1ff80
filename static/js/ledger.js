// Recommendations are dragged to their place, and moved by Alt with an arrow key; the server numbers them.

const row = (target) => (target instanceof Element ? target.closest("tr[data-moves]") : null);
let held = null;

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const step = event.key === "ArrowUp" ? "up" : "down";
  const button = row(event.target)?.querySelector(`button[value=${step}]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("dragstart", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches(".grip")) return;
  held = row(event.target);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.querySelector("th").innerText);
  event.dataTransfer.setDragImage(held, 0, 0);
});

document.addEventListener("dragover", (event) => {
  const over = row(event.target);
  if (!held || !event.target.closest("[data-ledger]")) return;
  event.preventDefault();
  if (!over || over === held) return;
  const box = over.getBoundingClientRect();
  over[event.clientY < box.top + box.height / 2 ? "before" : "after"](held);
});

document.addEventListener("drop", (event) => {
  const ledger = held && event.target.closest("[data-ledger]");
  if (!ledger) return;
  event.preventDefault();
  const before = held.closest("[data-ledger]") === ledger ? held.previousElementSibling : null;
  const form = held.querySelector("form");
  const place = document.createElement("input");
  place.type = "hidden";
  place.name = "place";
  place.value = `${ledger.dataset.ledger}:${before ? before.id.slice(2) : ""}`;
  form.append(place);
  held = null;
  form.submit();
});

document.addEventListener("dragend", () => {
  if (held) location.reload();
  held = null;
});
