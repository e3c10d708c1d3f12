/* How alike a result and its reference are: measured beside other work, and written where the result says so. */
(() => {
  "use strict";
  const { words, ask } = window.yinse;
  const TRIES = 40;
  const WAIT = 1500;
  /* Place -> the take that it asked for: the framework writes a new result over the parts of the one before. */
  const asked = new WeakMap();

  async function fill(place, id, left = TRIES) {
    const short = place.dataset.brief !== undefined;
    let said = null;
    try {
      const { html, brief } = await ask(`takes/${id}/likeness`);
      said = short ? brief : html;
    } catch (error) {
      if (!error?.problem) throw error;
      // The studio is busy; what is gone stays so.
      if (place.dataset.likeness === id && left > 1 && !error.code?.endsWith("_gone")) return setTimeout(fill, WAIT, place, id, left - 1);
    }
    if (place.dataset.likeness !== id) return;
    if (said !== null) place.innerHTML = said;
    else place.textContent = short ? "" : words.likeness_gone;
    place.removeAttribute("data-likeness");
  }

  new MutationObserver(() => {
    for (const place of document.querySelectorAll("[data-likeness]")) {
      const id = place.dataset.likeness;
      if (asked.get(place) === id) continue;
      asked.set(place, id);
      fill(place, id);
    }
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-likeness"] });
})();
