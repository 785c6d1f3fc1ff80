// Type to find: narrows a long list of boxes. Enter ticks the first that is left.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

document.addEventListener("input", (event) => {
  const field = event.target instanceof Element ? event.target.closest("[data-find]") : null;
  const list = field && document.getElementById(field.dataset.find);
  if (!list) return;
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  for (const item of list.querySelectorAll("[data-find-item]")) {
    const text = plain(item.textContent);
    item.hidden = !words.every((word) => text.includes(word));
  }
  for (const group of list.querySelectorAll("[data-find-group]")) {
    group.hidden = !group.querySelector("[data-find-item]:not([hidden])");
  }
});

document.addEventListener("keydown", (event) => {
  const field = event.target instanceof Element ? event.target.closest("[data-find]") : null;
  if (!field || event.key !== "Enter") return;
  const list = document.getElementById(field.dataset.find);
  if (!field.value.trim()) return;
  event.preventDefault();
  const control = list?.querySelector("[data-find-item]:not([hidden])")?.querySelector("input, select");
  if (!control) return;
  if (control.matches("input")) {
    control.click();
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else {
    control.focus();
  }
});
