/* How alike a result and its reference are: measured beside other work, and written where the result says so. */
(() => {
  "use strict";
  const { words, ask } = window.yinse;
  const TRIES = 5;
  const WAIT = 1500;
  const asked = new WeakSet();

  async function fill(place, left = TRIES) {
    try {
      const { html } = await ask(`takes/${place.dataset.likeness}/likeness`);
      place.innerHTML = html;
      place.removeAttribute("data-likeness");
    } catch (error) {
      if (!error?.problem) throw error;
      // The studio is busy; what is gone stays so.
      if (left > 1 && error.code !== "output_voice_gone" && place.isConnected) setTimeout(fill, WAIT, place, left - 1);
      else place.textContent = words.likeness_gone;
    }
  }

  new MutationObserver(() => {
    for (const place of document.querySelectorAll("[data-likeness]")) {
      if (asked.has(place)) continue;
      asked.add(place);
      fill(place);
    }
  }).observe(document, { childList: true, subtree: true });
})();
