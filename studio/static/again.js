/* One segment of a result said anew, once or in several ways, and heard at once. */
(() => {
  "use strict";
  const { $ } = window.yinse;
  const WAYS = 3;
  let wanted = null;

  const shown = () => $("#yn-result [data-take]");

  function again(button) {
    const take = button.closest("[data-take]").dataset.take;
    const { again: once, several } = button.dataset;
    wanted = { take, segment: Number(once ?? several), takes: once ? 1 : WAYS, before: shown()?.dataset.take };
    if ($("#yn-sheet").open) $("#yn-sheet").close();
    window.yinse.showTab("clone");
    window.yinse.stopPlayers();
    window.yinse.hush();
    $("#yn-again").click();
  }

  new MutationObserver(() => {
    const take = shown();
    if (!wanted || !take || take.dataset.take === wanted.before) return;
    const row = $(`[data-again="${wanted.segment}"]`, take);
    wanted = null;
    if (row) window.yinse.seek($(".yn-large", take), Number(row.closest("li").dataset.start), true);
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-again], [data-several]");
    if (button) again(button);
    // Whatever is asked for instead is heard in its own way.
    else if (event.target.closest("#yn-generate, #yn-cancel, [data-pick]")) wanted = null;
  }, true);

  window.yinse.wanted = () => wanted && { take: wanted.take, segment: wanted.segment, takes: wanted.takes };
})();
