// The reader: words selected in a document become a quote in the panel. Places are counted in code points of a
// passage's own text, as the server counts them, whatever marks stand around the words.

const reader = document.querySelector("[data-reader]");
// Looked up each time: the server may have replaced them since.
const thePanel = () => document.querySelector("[data-quote-panel]");
const theForm = () => document.querySelector("form[data-quote-form]");
let settle = 0;
let visited = null;
let pressed = false;

const passages = () => [...reader.querySelectorAll("[data-passage]")];
const wordsOf = (passage) => passage.querySelector("[data-words]");

/** The passage's own text: what stands in [data-aside] (a speaker's name) is not part of it. */
function textWithin(range) {
  const copy = range.cloneContents();
  for (const aside of copy.querySelectorAll("[data-aside]")) aside.remove();
  return copy.textContent ?? "";
}

/** The slice of the passage that the selection covers, as { passage, start, end, text }, trimmed of white space. */
function sliceOf(passage, selected) {
  const words = wordsOf(passage);
  if (!words || !selected.intersectsNode(words)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(words);
  const covered = whole.cloneRange();
  if (selected.compareBoundaryPoints(Range.START_TO_START, whole) > 0) covered.setStart(selected.startContainer, selected.startOffset);
  if (selected.compareBoundaryPoints(Range.END_TO_END, whole) < 0) covered.setEnd(selected.endContainer, selected.endOffset);
  const before = whole.cloneRange();
  before.setEnd(covered.startContainer, covered.startOffset);
  return trimmed(passage, Array.from(textWithin(before)).length, textWithin(covered));
}

function trimmed(passage, at, raw) {
  const text = raw.trim();
  if (!text) return null;
  const start = at + Array.from(raw.slice(0, raw.length - raw.trimStart().length)).length;
  return { passage, start, end: start + Array.from(text).length, text };
}

function slicesOf(range) {
  return passages().map((passage) => sliceOf(passage, range)).filter(Boolean);
}

/** The words that are being quoted. */
function standOut(range) {
  if (window.Highlight && CSS.highlights) CSS.highlights.set("quoting", new Highlight(range));
}

function show(slices, range) {
  const [panel, form] = [thePanel(), theForm()];
  const first = slices[0];
  const last = slices[slices.length - 1];
  const values = { first_passage: first.passage.dataset.passage, start: first.start, last_passage: last.passage.dataset.passage, end: last.end };
  const fields = Object.entries(values).map(([name, value]) => [form.elements.namedItem(name), String(value)]);
  if (!panel.hidden && fields.every(([field, value]) => field?.value === value)) return;
  for (const [field, value] of fields) if (field) field.value = value;
  const quote = form.querySelector("[data-quote-words]") ?? panel.querySelector("blockquote");
  if (quote) quote.textContent = slices.map((each) => each.text).join("\n\n");
  const text = form.elements.namedItem("text");
  if (text) text.value = slices.map((each) => each.text).join("\n\n");
  if (range) standOut(range.cloneRange());
  document.querySelector("#said")?.replaceChildren();
  panel.hidden = false;
  form.dispatchEvent(new CustomEvent("quote-changed", { bubbles: true }));
  if (range) uncover(range, panel);
}

/** Where the panel is a sheet over the text, the words are scrolled up above it, however high it grows yet. */
function uncover(range, panel) {
  const sheet = getComputedStyle(panel);
  if (sheet.position !== "fixed") return;
  const words = range.getBoundingClientRect();
  const hidden = words.bottom + 16 - (panel.getBoundingClientRect().bottom - parseFloat(sheet.maxHeight));
  if (hidden > 0) scrollBy({ top: Math.min(hidden, Math.max(words.top - 16, 0)) });
}

function close() {
  const at = theForm().elements.namedItem("first_passage")?.value;
  thePanel().hidden = true;
  theForm().reset();
  backTo(at);
}

/** The reader goes on from the passage whose words were quoted. */
function backTo(passage) {
  CSS.highlights?.delete("quoting");
  getSelection()?.removeAllRanges();
  reader.querySelector(`[data-passage="${CSS.escape(passage ?? "")}"]`)?.focus({ preventScroll: true });
}

/** All of the quote that the address names stands out, though it may run through several marks and passages. */
function markTarget() {
  const pk = /^#q-(\d+)$/.exec(location.hash)?.[1];
  for (const mark of reader.querySelectorAll("mark[data-quotes]")) {
    mark.classList.toggle("now", Boolean(pk) && mark.dataset.quotes.split(" ").includes(pk));
  }
}

/** Quotes what is selected, when it lies in the document. Focus stays where it is, so the selection does too. */
function quoteSelection() {
  const selection = getSelection();
  const form = theForm();
  if (pressed || !form || !thePanel() || !selection || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(reader) || form.contains(range.commonAncestorContainer)) return;
  const slices = slicesOf(range);
  if (slices.length) show(slices, range);
}

function current() {
  const focused = document.activeElement?.closest?.("[data-passage]");
  const target = reader.querySelector("[data-passage]:target, [data-passage]:has(:target)");
  // The server may have replaced the passage since, under the same id.
  return focused ?? (visited && document.getElementById(visited.id)) ?? target;
}

function step(by) {
  const all = passages();
  const now = current();
  const top = all.findIndex((each) => each.getBoundingClientRect().bottom > 80);
  const next = now ? all[all.indexOf(now) + by] : all[Math.max(top, 0)];
  // At the end of what is in view it goes on with the next part of the document.
  if (!next) return document.querySelector(`.pages [rel="${by > 0 ? "next" : "prev"}"]`)?.click();
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function quoteWhole() {
  const passage = current();
  if (!passage || !wordsOf(passage)) return;
  const range = document.createRange();
  range.selectNodeContents(wordsOf(passage));
  const slices = slicesOf(range);
  if (!slices.length) return;
  show(slices, range);
  toPanel();
}

/** A quote that the address has begun, of a whole passage, stands out and above the panel. */
function showBegun(passage) {
  const range = document.createRange();
  range.selectNodeContents(wordsOf(passage));
  standOut(range);
  uncover(range, thePanel());
}

function toPanel() {
  thePanel().tabIndex = -1;
  thePanel().focus();
}

function toggle(key) {
  const box = theForm().querySelector(`input[type="checkbox"][data-key="${CSS.escape(key)}"]`);
  if (!box) return false;
  box.click();
  const [panel, place] = [thePanel(), box.getBoundingClientRect()];
  panel.scrollTop += place.top - panel.getBoundingClientRect().top - panel.clientHeight / 2;
  return true;
}

/** What a single key does; true when it did something. */
function act(key) {
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1), true;
  const [panel, form] = [thePanel(), theForm()];
  if (!form || !panel) return false;
  if (key === "q") return quoteWhole(), true;
  if (panel.hidden) return false;
  if (key === "f") return form.querySelector("[data-find]")?.focus(), true;
  return toggle(key);
}

/** Enter saves the quote, unless it would do something else where it is pressed; Escape closes it. */
function onKey(event) {
  const panel = thePanel();
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !panel || panel.hidden) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return event.target.matches("[data-find]") ? toPanel() : close();
  if (event.key !== "Enter" || !theForm()) return;
  if (event.target instanceof Element && event.target.closest("a, button, summary, input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  theForm().requestSubmit();
}

if (reader) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("single-key", (event) => {
    if (act(event.detail.key)) event.preventDefault();
  });
}

if (reader) {
  reader.addEventListener("focusin", (event) => { visited = event.target.closest("[data-passage]") ?? visited; });
  document.addEventListener("pointerdown", () => { pressed = true; });
  for (const kind of ["pointerup", "pointercancel"]) {
    document.addEventListener(kind, () => {
      pressed = false;
      clearTimeout(settle);
      settle = setTimeout(quoteSelection, 20);
    });
  }
  document.addEventListener("selectionchange", () => {
    clearTimeout(settle);
    settle = setTimeout(quoteSelection, 300);
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-quote-close]")) close();
  });
  document.addEventListener("quote-saved", (event) => backTo(String(event.detail.passage)));
  addEventListener("hashchange", markTarget);
  // The address may have begun a quote: the reader goes on from its passage.
  const begun = thePanel() && !thePanel().hidden && theForm()?.elements.namedItem("first_passage")?.value;
  if (begun) visited = reader.querySelector(`[data-passage="${CSS.escape(begun)}"]`);
  if (visited) showBegun(visited);
  markTarget();
}
