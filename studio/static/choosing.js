/* Takes to choose among: heard one after the other, of a segment only that; one of them becomes the result. */
(() => {
  "use strict";
  const { $, ask, tell } = window.yinse;

  let ticket = 0;

  const rowOf = element => element.closest?.(".yn-choose [data-until]");

  async function pick(button) {
    const mine = ++ticket;
    const take = button.closest(".yn-take");
    const place = take.parentElement;
    try {
      const { html } = await ask(`takes/${button.dataset.pick}/pick`, { method: "POST" });
      // Another one was picked since, or another result came.
      if (mine !== ticket || !take.isConnected) return;
      window.yinse.stopPlayers();
      place.innerHTML = html;
      $(".yn-current .yn-play", place)?.focus();
    } catch (error) {
      if (!error?.problem) throw error;
      tell($("#yn-error"), error);
    }
  }

  // Before the player itself hears of the click.
  document.addEventListener("click", event => {
    const row = event.target.closest(".yn-play") && rowOf(event.target);
    if (row) {
      const audio = $("audio", row);
      const { from, until } = row.dataset;
      if (audio.currentTime < Number(from) || audio.currentTime >= Number(until)) audio.currentTime = Number(from);
    }
    const button = event.target.closest("[data-pick]");
    if (button) pick(button);
  }, true);
  document.addEventListener("timeupdate", event => {
    const row = rowOf(event.target);
    if (row && !event.target.paused && event.target.currentTime >= Number(row.dataset.until)) event.target.pause();
  }, true);

  Object.assign(window.yinse, { takes: () => Number($("#yn-takes")?.value ?? 1) });
})();
