// Recommendations are dragged to their place by mouse, pen or finger, and moved by Alt with an arrow key; the server
// numbers them.

const EDGE = 64;
const row = (target) => (target instanceof Element ? target.closest("tr[data-moves]") : null);
let held = null;

document.addEventListener("keydown", (event) => {
  if (held && event.key === "Escape") return put(false);
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const step = event.key === "ArrowUp" ? "up" : "down";
  const button = row(event.target)?.querySelector(`button[value=${step}]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target instanceof Element && event.button === 0 ? event.target.closest(".grip") : null;
  if (!grip || held) return;
  event.preventDefault();
  const moved = row(grip);
  held = { row: moved, from: moved.parentElement, next: moved.nextElementSibling, pointer: event.pointerId, ledger: null };
  moved.style.opacity = "0.5";
});

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== held?.pointer) return;
  [held.x, held.y] = [event.clientX, event.clientY];
  follow();
  held.scrolls ??= requestAnimationFrame(scroll);
});

/** Puts the row where the pointer is: before or after the one under it. */
function follow() {
  const under = document.elementFromPoint(held.x, held.y);
  const over = row(under);
  held.ledger = under?.closest("[data-ledger]") ?? held.ledger;
  if (!over || over === held.row) return;
  const box = over.getBoundingClientRect();
  over[held.y < box.top + box.height / 2 ? "before" : "after"](held.row);
}

/** Near an edge of the window what lies beyond it comes into view. */
function scroll() {
  if (!held) return;
  const by = held.y < EDGE ? held.y - EDGE : Math.max(0, held.y - (innerHeight - EDGE));
  held.scrolls = by ? requestAnimationFrame(scroll) : null;
  if (!by) return;
  scrollBy(0, by / 4);
  follow();
}

/** Lets the row go: where it was, or where it is now, if that is another place. */
function put(there) {
  const { row: moved, from, next, ledger } = held;
  held = null;
  moved.style.opacity = "";
  const mine = moved.closest("[data-ledger]");
  const stays = ledger === mine && moved.parentElement === from && moved.nextElementSibling === next;
  if (!there || !ledger || stays) return from.insertBefore(moved, next);
  const before = mine === ledger ? moved.previousElementSibling : null;
  const place = Object.assign(document.createElement("input"), { type: "hidden", name: "place" });
  place.value = `${ledger.dataset.ledger}:${before ? before.id.slice(2) : ""}`;
  const form = moved.querySelector("form");
  form.append(place);
  form.submit();
}

document.addEventListener("pointerup", (event) => { if (event.pointerId === held?.pointer) put(true); });
document.addEventListener("pointercancel", (event) => { if (event.pointerId === held?.pointer) put(false); });
