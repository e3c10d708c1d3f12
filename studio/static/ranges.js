/* The possible range of an exact duration, as text, voice and settings change; and marks put into the text. */
(() => {
  "use strict";
  const { $, words, format, rested } = window.yinse;
  let last = "";
  let stop = null;
  /* The clip whose voice is known to be there. */
  let fitted = null;

  const place = () => $("#yn-range");
  const field = () => $("#yn-duration input");

  function say(text, told = null) {
    place().textContent = text;
    const length = Number(field().value);
    const outside = told && field().value !== "" && (length < told.least - 0.005 || length > told.most + 0.005);
    place().classList.toggle("yn-outside", Boolean(outside));
  }

  let range = null;
  const tell = () => say(format($("#yn-seed input").value === "" ? words.range_about : words.range, { least: up(range.least), most: down(range.most), natural: range.natural.toFixed(2) }), range);
  // Rounded so that what is shown is possible.
  const up = seconds => (Math.ceil(seconds * 100 - 1e-6) / 100).toFixed(2);
  const down = seconds => (Math.floor(seconds * 100 + 1e-6) / 100).toFixed(2);

  async function ask() {
    if (!place()) return;
    const clip = window.yinse.clip();
    const text = $("#yn-text textarea").value;
    if (!clip || !text.trim()) {
      stop?.abort();
      stop = null;
      last = "";
      range = null;
      return say(words.range_empty);
    }
    const { duration, emotion, ...settings } = window.yinse.settings();
    const body = JSON.stringify({ clip, text, ...settings });
    if (body === last) return range ? tell() : undefined;
    last = body;
    range = null;
    stop?.abort();
    const mine = stop = new AbortController();
    say(fitted === clip ? words.range_asking : words.range_voice);
    let told = null;
    try {
      const answer = await fetch("./studio/range", { method: "POST", body, signal: mine.signal, headers: { "content-type": "application/json" } });
      told = await answer.json();
      if (mine !== stop) return;
      if (!answer.ok) return say(told.problem ?? words.range_unknown);
    } catch {
      if (mine === stop) say(words.range_unknown);
      return;
    }
    fitted = clip;
    range = told;
    tell();
  }

  const changed = rested(ask, 600);
  for (const name of ["input", "change"]) {
    document.addEventListener(name, event => {
      if (event.isComposing || !event.target.closest?.("#yn-panel-clone")) return;
      if (event.target === field() && range) tell();
      changed();
    });
  }

  /* Around what is chosen in the text, or where the caret is; so that it can be undone as if it had been typed. */
  function mark({ mark: named, wraps }) {
    const opening = named.toLowerCase();
    const box = $("#yn-text textarea");
    const chosen = box.value.slice(box.selectionStart, box.selectionEnd);
    const written = chosen && wraps !== undefined ? `${opening}${chosen}[[/]]` : opening;
    const end = box.selectionEnd;
    box.focus();
    if (chosen && wraps === undefined) box.setSelectionRange(end, end);
    if (!document.execCommand("insertText", false, written)) {
      box.setRangeText(written, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("[data-mark]");
    if (!button) return;
    mark(button.dataset);
    const menu = button.closest(".yn-menu");
    if (menu) menu.open = false;
  });

  Object.assign(window.yinse, { changed });
})();
