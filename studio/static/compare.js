/* Two takes side by side: one goes on where the other was. */
(() => {
  "use strict";
  const { $, ask, sheet, tell } = window.yinse;
  let last = null;

  const sides = () => [...document.querySelectorAll(".yn-compared")];
  const audioOf = side => $("audio", side);
  const marksOf = side => [0, ...side.dataset.marks.split(",").filter(Boolean).map(Number), Number($(".yn-player", side).dataset.seconds)];

  /* The same place in another take: by the segments where both have as many, else by the share of the whole. */
  function matching(at, from, to) {
    let [here, there] = [marksOf(from), marksOf(to)];
    if (here.length !== there.length) [here, there] = [[0, here.at(-1)], [0, there.at(-1)]];
    const next = Math.max(1, here.findIndex(mark => mark > at));
    if (at >= here.at(-1)) return 0;
    const width = here[next] - here[next - 1];
    return there[next - 1] + (width ? (at - here[next - 1]) / width : 0) * (there[next] - there[next - 1]);
  }

  function goOn(side) {
    if (last && last !== side && last.isConnected) audioOf(side).currentTime = matching(audioOf(last).currentTime, last, side);
    last = side;
  }

  async function compare(first, second = "") {
    const { html } = await ask(`takes/compare?${new URLSearchParams({ first, second })}`);
    last = null;
    window.yinse.stopPlayers();
    sheet(html);
  }

  // Before the player itself hears of the click.
  document.addEventListener("click", async event => {
    const side = event.target.closest(".yn-compared");
    if (side && event.target.closest(".yn-play")) goOn(side);
    if (event.target.closest("[data-compare-switch]")) $(".yn-play", sides().find(other => other !== (last ?? sides()[1]))).click();
    const button = event.target.closest("[data-compare]");
    if (!button) return;
    try {
      await compare(button.dataset.compare);
    } catch (error) {
      if (!error?.problem) throw error;
      tell($("#yn-error"), error);
    }
  }, true);

  Object.assign(window.yinse, { compare });
})();
