// A quote's citation, copied by its button or by "c": in the inquiry's own style, and pressed again in the next.
// "l" copies the link that leads to the words. Where quotes are listed, "j" and "k" go from one to the next.

const told = document.querySelector("[data-told]");
const items = () => [...document.querySelectorAll("[data-cited]")];
const itemOf = (pk) => document.querySelector(`[data-cited="${CSS.escape(pk ?? "")}"]`);
let visited = null;
let said = 0;
let last = { item: null, place: 0 };

/** The quote that is meant: where the focus is, in the passage read, in the address, or the only one. */
function chosen() {
  const focused = document.activeElement?.closest?.("[data-cited], [data-passage]");
  if (focused?.dataset.cited) return focused;
  const named = /^#q-(\d+)$/.exec(location.hash)?.[1];
  const here = focused && [...focused.querySelectorAll("mark[data-quotes]")].flatMap((mark) => mark.dataset.quotes.split(" "));
  if (here?.length) return itemOf(here.includes(named) ? named : here[0]);
  if (named || focused) return itemOf(named);
  return visited?.isConnected ? visited : items().length === 1 ? items()[0] : null;
}

async function put(text, element) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Where the browser keeps the clipboard from a page without HTTPS, what is selected can still be copied.
    getSelection().selectAllChildren(element);
    if (!document.execCommand("copy")) return say("Your browser does not let this page copy. The words are selected: press Ctrl and C.");
    getSelection().removeAllRanges();
  }
  say(`Copied (${element.dataset.citation}): ${text}`);
}

function say(sentence) {
  told.replaceChildren(Object.assign(document.createElement("p"), { className: "notice success", textContent: sentence }));
  clearTimeout(said);
  said = setTimeout(() => told.replaceChildren(), 8000);
}

/** Copies one of the quote's citations: the first is in the inquiry's own style. */
function copy(item, next) {
  const styles = [...item.querySelectorAll('[data-citation]:not(a)')];
  const place = next && last.item === item.dataset.cited ? (last.place + 1) % styles.length : 0;
  last = { item: item.dataset.cited, place };
  put(styles[place].textContent, styles[place]);
}

function step(by) {
  const all = items();
  const now = all.indexOf(document.activeElement?.closest?.("[data-cited]") ?? visited);
  const next = all[now < 0 ? 0 : now + by];
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function act(key) {
  if (key === "j" || key === "k") {
    if (document.querySelector("[data-reader]") || items().length < 2) return false;
    return step(key === "j" ? 1 : -1), true;
  }
  if (key !== "c" && key !== "l") return false;
  const item = chosen();
  if (!item) say("Go to a quote first: j and k lead from one to the next.");
  else if (key === "c") copy(item, true);
  else put(item.querySelector("a[data-citation]").href, item.querySelector("a[data-citation]"));
  return true;
}

if (told) {
  document.addEventListener("single-key", (event) => {
    if (act(event.detail.key)) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => { visited = event.target.closest("[data-cited]") ?? visited; });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    const cited = button?.parentElement.querySelector("[data-citation]");
    if (cited) put(cited.href ?? cited.textContent, cited);
  });
}
