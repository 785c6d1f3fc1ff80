// Choosing many files: a whole folder, by a button or dropped on the field. What was chosen is named, and can be put back.

const MOST = 1000;
const LEFT_BY_COMPUTERS = new Set([".ds_store", "thumbs.db", "desktop.ini"]);

async function inside(entry) {
  if (entry.isFile) return [await new Promise((found, lost) => entry.file(found, lost))];
  const reader = entry.createReader();
  const files = [];
  // A folder is told in portions of a hundred, until one is empty.
  for (;;) {
    const portion = await new Promise((found, lost) => reader.readEntries(found, lost));
    if (!portion.length) return files;
    for (const each of portion) files.push(...(await inside(each)));
  }
}

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function enhance(input) {
  const field = input.closest(".field");
  const told = document.createElement("p");
  const row = document.createElement("div");
  const choose = document.createElement("button");
  const clear = document.createElement("button");
  const folder = document.createElement("input");
  told.className = "meta";
  told.setAttribute("role", "status");
  row.className = "row";
  Object.assign(choose, { type: "button", className: "button quiet small", textContent: "Choose a whole folder" });
  Object.assign(clear, { type: "button", className: "link", textContent: "Choose none", hidden: true });
  Object.assign(folder, { type: "file", multiple: true, hidden: true, webkitdirectory: true });
  if (!("webkitdirectory" in document.createElement("input"))) choose.hidden = true;
  row.append(choose, clear, folder);
  field.append(row, told);

  const drops = matchMedia("(hover: hover)").matches;
  const tell = () => {
    const files = [...input.files];
    const names = files.slice(0, 3).map((file) => file.name).join(", ");
    clear.hidden = !files.length;
    if (!files.length) told.textContent = drops ? "Files or a folder can be dropped here." : "";
    else if (files.length > MOST) told.textContent = `${files.length} files are too many at once. Choose ${MOST} at most.`;
    else {
      const rest = files.length > 3 ? ` and ${files.length - 3} more` : "";
      const all = files.reduce((sum, file) => sum + file.size, 0);
      told.textContent = `${files.length} ${files.length === 1 ? "file" : "files"}, ${size(all)}: ${names}${rest}.`;
    }
    input.setCustomValidity(files.length > MOST ? told.textContent : "");
  };
  const take = (files) => {
    const kept = new DataTransfer();
    const ordered = [...files].sort((a, b) =>
      (a.webkitRelativePath || a.name).localeCompare(b.webkitRelativePath || b.name, "en", { numeric: true }),
    );
    for (const file of ordered) if (!LEFT_BY_COMPUTERS.has(file.name.toLowerCase())) kept.items.add(file);
    input.files = kept.files;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  input.addEventListener("change", tell);
  choose.addEventListener("click", () => folder.click());
  folder.addEventListener("change", () => take(folder.files));
  clear.addEventListener("click", () => {
    take([]);
    input.focus();
  });
  for (const kind of ["dragenter", "dragover"]) {
    field.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      field.classList.add("over");
    });
  }
  field.addEventListener("dragleave", (event) => {
    if (!field.contains(event.relatedTarget)) field.classList.remove("over");
  });
  field.addEventListener("drop", async (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    field.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const loose = [...event.dataTransfer.files];
    told.textContent = "Looking through what was dropped…";
    try {
      take(entries.length ? (await Promise.all(entries.map(inside))).flat() : loose);
    } catch {
      told.textContent = "The folder could not be read. Choose its files one by one.";
    }
  });
  tell();
}

document.querySelectorAll("input[type=file][multiple]").forEach(enhance);
