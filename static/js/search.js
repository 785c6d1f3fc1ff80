// "/" goes to the search field.

document.addEventListener("single-key", (event) => {
  const field = document.querySelector("[data-search]");
  if (event.detail.key !== "/" || !field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
