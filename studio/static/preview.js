/* How the text will be said, while it is being written; and its polyphones, whose readings can be chosen here. */
(() => {
  "use strict";
  const { $, words, format } = window.yinse;
  const REST = 400;
  const LONGEST_WAIT = 30000;

  /* What the fields hold: text, language, longest segment, emoji, glossary. */
  let values = null;
  /* Values of which the page shows the reading, and whether an answer is awaited: one question at a time. */
  let shown = null;
  let asking = false;
  let composing = false;
  let timer = 0;
  let took = 0;
  let problem = "";

  function preview(...fields) {
    values = fields;
    window.yinse.changed();
    // A book takes longer to read than a sentence; who types it should not wait for every key.
    later(Math.max(REST, 2 * took));
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  async function ask() {
    const box = $("#yn-said");
    if (!box || !values || composing || asking || !$("#yn-preview").open || values === shown) return;
    const asked = values;
    const [text, language, longest, emoji, glossary] = asked;
    const began = performance.now();
    asking = true;
    box.setAttribute("aria-busy", "true");
    let told = null;
    try {
      const answer = await fetch("./studio/preview", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ text, language, longest, emoji, glossary }),
        signal: AbortSignal.timeout(LONGEST_WAIT),
      });
      if (answer.ok) told = await answer.json();
    } catch {
      // Shown below, as any other answer that did not come.
    }
    asking = false;
    took = performance.now() - began;
    // What came is out of date by now.
    if (asked !== values) return later(0);
    shown = asked;
    box.removeAttribute("aria-busy");
    show(told);
  }

  function show(told) {
    const box = $("#yn-said");
    if (told) box.innerHTML = told.html;
    else box.replaceChildren(line("yn-error", `${words.unreachable} ${words.unreachable_advice}`));
    if (told && !told.html) box.replaceChildren(line("yn-hint", words.preview_empty));
    $("#yn-preview-facts").innerHTML = told?.facts ?? "";
    problem = told?.glossary ?? "";
    showProblem();
  }

  function line(name, text) {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = text;
    return made;
  }

  /* The framework draws the settings anew when they are opened. */
  function showProblem() {
    const place = $("#yn-glossary-problem");
    if (place) place.innerHTML = problem;
  }

  function tell(text, details) {
    $("#yn-preview .yn-told").textContent = format(text, details);
  }

  /* ---- places in the text: the server counts characters, the browser half of some ---- */
  const area = () => $("#yn-text textarea");
  const units = (text, characters) => [...text].slice(0, characters).join("").length;

  function select(start, end) {
    const box = area();
    box.focus();
    box.setSelectionRange(start, end);
  }

  function goTo({ line, column, length }) {
    const lines = area().value.split("\n");
    const before = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const start = before + units(lines[line - 1] ?? "", column - 1);
    select(start, start + Math.max(1, units(area().value.slice(start), Number(length))));
  }

  function choose(button) {
    const { override, at } = button.dataset;
    const box = area();
    const character = override.slice(1, override.indexOf("]"));
    const panel = button.closest("[popover]");
    const place = [...panel.querySelectorAll(".yn-other")].indexOf(button);
    // The first of these is of the reading that it has.
    const everywhere = panel.querySelectorAll(".yn-everywhere")[place + 1]?.cloneNode();
    panel.hidePopover();
    if (at === undefined || box.value !== shown?.[0] || [...box.value][at] !== character) return copy(override);
    const start = units(box.value, Number(at));
    select(start, start + character.length);
    // So that it can be undone as if it had been typed.
    if (!document.execCommand("insertText", false, override)) {
      box.setRangeText(override, start, start + character.length, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    tell(words.chosen, { override });
    if (!everywhere) return;
    everywhere.textContent = words.term_everywhere;
    everywhere.removeAttribute("aria-label");
    $("#yn-preview .yn-told").append(" ", everywhere);
  }

  async function copy(override) {
    try {
      await navigator.clipboard.writeText(override);
      tell(words.copied, { override });
    } catch {
      tell(words.copy, { override });
    }
  }

  /* ---- panels of polyphones ---- */
  const opened = () => $(".yn-popover:popover-open");

  function put(panel) {
    const button = $(`[popovertarget="${panel.id}"]`).getBoundingClientRect();
    const box = panel.getBoundingClientRect();
    const below = button.bottom + 6 + box.height < innerHeight;
    panel.style.left = `${Math.max(8, Math.min(button.left, innerWidth - box.width - 8))}px`;
    panel.style.top = `${Math.max(8, below ? button.bottom + 6 : button.top - 6 - box.height)}px`;
  }

  document.addEventListener("toggle", event => {
    const { target } = event;
    if (target.id === "yn-preview" && target.open) later(0);
    if (target.matches?.(".yn-popover") && event.newState === "open") put(target);
  }, true);
  document.addEventListener("scroll", event => {
    const panel = opened();
    if (panel && !event.target.closest?.(".yn-popover")) put(panel);
  }, true);
  document.addEventListener("click", event => {
    const hit = selector => event.target.closest(selector);
    if (hit("[data-override]")) choose(hit("[data-override]"));
    else if (hit("[data-line]")) goTo(hit("[data-line]").dataset);
    else if (hit("#yn-reading")) setTimeout(showProblem, 60);
  });
  // An input method writes letters into the text that are none of it yet.
  for (const name of ["compositionstart", "compositionend"]) {
    document.addEventListener(name, event => {
      composing = name === "compositionstart" && event.target === area();
      if (!composing) later(REST);
    });
  }

  Object.assign(window.yinse, {
    preview,
    /* By a glossary that has changed. */
    readAgain: () => {
      shown = null;
      later(0);
    },
    sayInPreview: said => tell("{said}", { said }),
    panelIsOpen: () => Boolean(opened()),
    readingSettings: () => values?.slice(2) ?? null,
  });
})();
