/* The state of the studio, fresh while its tab is open; and the check of the model's files. */
(() => {
  "use strict";
  const { $, words, ask, tell } = window.yinse;
  const EVERY = 3000;
  let timer = 0;

  async function load() {
    clearTimeout(timer);
    if (document.documentElement.dataset.tab !== "system") return;
    try {
      $("#yn-system").innerHTML = (await ask("system")).html;
    } catch (error) {
      tell($("#yn-system"), error);
    }
    timer = setTimeout(load, EVERY);
  }

  async function verify(button) {
    const place = $("#yn-verified");
    button.disabled = true;
    tell(place, words.verifying);
    try {
      place.innerHTML = (await ask("system/verify", { method: "POST" })).html;
    } catch (error) {
      tell(place, error);
    }
    button.disabled = false;
  }

  document.addEventListener("yinse-tab", load);
  document.addEventListener("click", event => {
    const button = event.target.closest("#yn-verify");
    if (button) verify(button);
  });
})();
