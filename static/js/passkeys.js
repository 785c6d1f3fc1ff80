// A passkey that the browser does not give, or that its owner does not want to give, is told on the page.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("no_passkey").hidden = false;
});
