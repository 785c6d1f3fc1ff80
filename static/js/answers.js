// When a part of a page could not be fetched or sent, says so in a sentence, once, and keeps what was typed.

function say(text, link) {
  document.getElementById("failure")?.remove();
  const notice = document.createElement("div");
  notice.id = "failure";
  notice.className = "notice error";
  notice.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = text;
  if (link) words.append(" ", link);
  notice.append(words);
  document.getElementById("main")?.prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}

function signIn(address) {
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.textContent = "Sign in again in a new tab";
  return link;
}

// What a page asks by itself and nobody waits for fails without a word; it is asked again.
const unasked = (event) => event.detail.requestConfig?.elt?.matches("[data-quiet]");

document.addEventListener("htmx:beforeSwap", (event) => {
  const login = document.body.dataset.login;
  const answered = event.detail.xhr?.responseURL;
  if (!login || !answered || new URL(answered).pathname !== login) return;
  event.detail.shouldSwap = false;
  if (unasked(event)) return document.getElementById("failure") ?? say("You have been signed out. What you typed is still here.", signIn(login));
  say("You have been signed out, so this was not saved. What you typed is still here.", signIn(login));
});
document.addEventListener("htmx:responseError", (event) => {
  if (unasked(event)) return;
  say("That did not work, and nothing was saved. Try again, or load the page again.");
});
document.addEventListener("htmx:sendError", (event) => {
  if (unasked(event)) return;
  say("There is no connection to Attest at the moment. What you typed is still here; try again.");
});
