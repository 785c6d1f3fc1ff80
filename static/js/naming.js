// Names of colleagues that fit what stands after the last "@"; a press, or Enter in the field on the first, writes one.

for (const field of document.querySelectorAll("[data-naming]")) {
  const form = field.form;
  const names = [...form.querySelectorAll("[data-name]")].map((each) => each.dataset.name);
  const shown = form.querySelector("[data-named]");
  if (!shown) continue;

  const begun = () => /(?:^|[^\w.@])@([^@\n]{0,80})$/u.exec(field.value.slice(0, field.selectionStart))?.[1];

  const write = (name) => {
    const at = field.selectionStart - begun().length;
    field.setRangeText(`${name} `, at, field.selectionStart, "end");
    shown.replaceChildren();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const fitting = () => {
    const words = begun();
    if (words === undefined) return [];
    const sought = words.toLocaleLowerCase();
    return names.filter((name) => {
      const whole = name.toLocaleLowerCase();
      return !sought.startsWith(whole) && (whole.startsWith(sought) || whole.includes(` ${sought}`));
    });
  };

  field.addEventListener("input", () => {
    shown.replaceChildren(
      ...fitting().slice(0, 6).map((name) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `@${name}`;
        button.addEventListener("click", () => write(name));
        return button;
      }),
    );
  });

  field.addEventListener("keydown", (event) => {
    const first = shown.querySelector("button");
    if (!first) return;
    if (event.key === "ArrowDown") first.focus();
    else if (event.key === "Escape") shown.replaceChildren();
    else if (event.key === "Enter" && begun()) write(first.textContent.slice(1));
    else return;
    event.preventDefault();
  });
}
