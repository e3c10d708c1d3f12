/* What the tabs of long work share: voices to choose of, files as text, rows that are drawn anew only where they change. */
(() => {
  "use strict";
  const { $, words, ask, tell } = window.yinse;
  const EVERY = 700;

  function group(label, options) {
    const made = document.createElement("optgroup");
    made.label = label;
    made.append(...options.map(([value, name]) => new Option(name, value)));
    return made;
  }

  /* The reference of the first tab, one's own library, the examples; what was chosen stays chosen where it is still there. */
  async function offerVoices(root, first = null) {
    const { names } = await ask("voices");
    const groups = [];
    const source = window.yinse.source();
    if (source && source.kind === "clip") groups.push([words.own_reference, [[`clip:${window.yinse.clip()}`, source.name]]]);
    if (names.length) groups.push([words.own_library, names.map(({ id, name }) => [`voice:${id}`, name])]);
    const examples = [...document.querySelectorAll("[data-example]")];
    if (examples.length) groups.push([words.examples, examples.map(({ dataset }) => [`example:${dataset.example}`, dataset.name])]);
    for (const select of root.querySelectorAll("select[data-voices]")) {
      const none = select.dataset.none;
      const own = source && none === undefined ? `${source.kind}:${source.kind === "clip" ? window.yinse.clip() : source.id}` : "";
      const before = select.value;
      select.replaceChildren(...(none === undefined ? [] : [new Option(none, "")]), ...groups.map(([label, options]) => group(label, options)));
      // What nobody has chosen goes along with the first tab.
      const wanted = select.dataset.wanted || (offers(select, before) ? before : own);
      // What was chosen and is not there is not silently another voice; a reference that was cut anew is there for hours.
      const named = wanted.startsWith("clip:") ? words.voice_earlier : words.voice_gone;
      if (wanted && !offers(select, wanted)) select.append(new Option(named, wanted));
      select.value = wanted;
      if (select.selectedIndex < 0) select.selectedIndex = 0;
      if (first) first(select, names);
    }
  }

  const offers = (select, value) => [...select.options].some(option => option.value === value);

  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("select[data-voices]")) target.dataset.wanted = target.value;
  }, true);

  /* The reference of the first tab comes and goes. */
  const changed = window.yinse.changed;
  let known = null;
  window.yinse.changed = () => {
    changed();
    if (window.yinse.clip() === known) return;
    known = window.yinse.clip();
    const root = $(`#yn-panel-${document.documentElement.dataset.tab}`);
    if (root && $("select[data-voices]", root)) offerVoices(root).catch(() => {});
  };

  /* A file goes to the studio, which knows encodings, and comes back as text to be seen and mended. */
  async function readFile(file) {
    const headers = { "x-file-name": encodeURIComponent(file.name) };
    return (await ask("batch/text", { method: "POST", body: file, headers })).text;
  }

  const REACHED = "a[href], button, input, select, summary, textarea, [tabindex]";

  /* Rows by their number; one that stays as it is keeps playing, and in one that does not the keyboard keeps its place. */
  function drawRows(list, rows, seen) {
    for (const [number, html] of rows) {
      if (seen.get(number) === html) continue;
      seen.set(number, html);
      const old = $(`[data-row="${number}"]`, list);
      const focused = old ? [...old.querySelectorAll(REACHED)].indexOf(document.activeElement) : -1;
      if (old) old.outerHTML = html;
      else list.insertAdjacentHTML("beforeend", html);
      if (focused >= 0) $(`[data-row="${number}"]`, list).querySelectorAll(REACHED)[focused]?.focus();
    }
  }

  /* Calls `look` while it answers true and its tab is there; the next look waits for the last. */
  function watch(look) {
    let timer = 0;
    const again = async () => {
      clearTimeout(timer);
      if (await look()) timer = setTimeout(again, EVERY);
    };
    return again;
  }

  /* Does what a button asks; its place tells what went wrong. */
  async function attempt(place, act) {
    tell(place, null);
    try {
      await act();
    } catch (error) {
      if (!error?.problem) throw error;
      tell(place, error);
    }
  }

  function number(id) {
    const { value } = $(id);
    return value === "" ? null : Number(value);
  }

  Object.assign(window.yinse, { offerVoices, readFile, drawRows, watch, attempt, number });
})();
