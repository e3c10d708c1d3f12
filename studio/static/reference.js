/* The reference's own card: several clips, where each begins and ends, its noise, and what the model hears in it. */
(() => {
  "use strict";
  const { $, words, format, ask, begin, rested } = window.yinse;
  const state = () => $("#yn-reference-state");
  const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));
  const megabytes = bytes => (bytes / 1048576).toFixed(1);

  /* ---- files up: one bad file does not lose the good ones ---- */
  async function giveClips(files, add = false) {
    if (!files.length) return;
    if (!add) window.yinse.leaveReference();
    const wanted = begin();
    const drop = $(".yn-drop");
    drop.classList.add("yn-busy");
    state().setAttribute("aria-busy", "true");
    const failed = [];
    let given = add ? window.yinse.clip() : null;
    const last = files.at(-1);
    for (const file of files) {
      try {
        const told = await giveClip(file, given, file !== last);
        if (!wanted()) return;
        given = told.id;
        window.yinse.holdReference({ ...told, pending: told.pending && file === last });
      } catch (error) {
        if (!error?.problem) throw error;
        if (!wanted()) return;
        failed.push([file.name, error]);
      }
    }
    drop.classList.remove("yn-busy");
    state().removeAttribute("aria-busy");
    if (!given) window.yinse.showReferenceError(failed[0][1].problem, failed[0][1].advice);
    else for (const [name, error] of failed) complain(name, error);
    // What was held back for the last file, which was none.
    if (given && failed.at(-1)?.[0] === last.name) followReference({ id: given, pending: true });
  }

  /* With `more` to come, the model does not begin to listen yet. */
  function giveClip(file, to, more) {
    const limit = Number($(".yn-drop").dataset.limit);
    if (file.size > limit) {
      const sizes = { megabytes: megabytes(file.size), limit: megabytes(limit) };
      throw { problem: format(words.too_large, sizes), advice: words.too_large_advice };
    }
    const headers = { "content-type": "application/octet-stream", "x-clip-name": encodeURIComponent(file.name) };
    const which = new URLSearchParams({ ...(to && { to }), ...(more && { more }) });
    return ask(`clips?${which}`, { method: "POST", body: file, headers });
  }

  function complain(name, { problem, advice }) {
    const box = Object.assign(document.createElement("div"), { className: "yn-error", textContent: format(words.file_failed, { name, problem, advice }) });
    box.setAttribute("role", "alert");
    state().append(box);
  }

  /* ---- what takes the model comes later ---- */
  async function followReference({ id, pending }) {
    for (let pause = 400; pending && window.yinse.clip() === id; pause = Math.min(pause * 1.4, 4000)) {
      await wait(pause);
      if (window.yinse.clip() !== id) return;
      let told;
      try {
        told = await ask(`clips/${id}`);
      } catch (error) {
        // What is gone stays so; a studio that does not answer may yet.
        if (error?.code) return;
        continue;
      }
      if (window.yinse.clip() !== id) return;
      pending = told.pending;
      const heard = $(".yn-heard", state());
      if (!heard) return;
      for (const [place, html] of told.stretches.entries()) {
        const spot = $(`.yn-trim[data-part="${place}"] .yn-stretch`, state());
        if (spot && spot.innerHTML !== html) spot.innerHTML = html;
      }
      if (pending) continue;
      heard.innerHTML = told.heard;
      heard.setAttribute("aria-busy", "false");
    }
  }

  /* ---- another choice of the same clips ---- */
  let changing = Promise.resolve();

  function change(json) {
    changing = changeNow(json);
    return changing;
  }

  const uploading = () => $(".yn-drop").classList.contains("yn-busy");

  async function changeNow(json) {
    if (uploading()) return;
    const wanted = begin();
    const problem = $(".yn-tune-problem", state());
    state().setAttribute("aria-busy", "true");
    try {
      const told = await ask(`clips/${window.yinse.clip()}/changed`, { method: "POST", json });
      if (!wanted()) return;
      const open = $("#yn-tune")?.open;
      const focused = focus();
      window.yinse.holdReference(told);
      if (open) $("#yn-tune").open = true;
      if (focused) $(focused, state())?.focus();
    } catch (error) {
      if (!error?.problem) throw error;
      if (!wanted() || !problem) return;
      problem.textContent = `${error.problem} ${error.advice}`;
    } finally {
      state().removeAttribute("aria-busy");
    }
  }

  /* Where the keyboard is, to be found again in the new card. */
  function focus() {
    const here = document.activeElement;
    if (!state().contains(here)) return "";
    if (here.id) return `#${here.id}`;
    const part = here.closest("[data-part]")?.dataset.part;
    const own = Object.keys(here.dataset)[0];
    return part !== undefined && own === "trim" ? `.yn-trim[data-part="${part}"] [data-trim="${here.dataset.trim}"]` : "#yn-tune summary";
  }

  const ends = trim => ["start", "end"].map(name => $(`[data-trim="${name}"]`, trim));

  /* The two ends keep a second between them, and the picture shows what is taken. */
  function slide(moved) {
    const trim = moved.closest(".yn-trim");
    const whole = Number(trim.dataset.whole);
    const [start, end] = ends(trim);
    const least = Math.min(1, whole);
    if (moved === start) start.value = Math.min(Number(start.value), Math.max(0, Number(end.value) - least));
    else end.value = Math.max(Number(end.value), Math.min(whole, Number(start.value) + least));
    for (const slider of [start, end]) {
      const seconds = `${Number(slider.value).toFixed(1)} ${words.seconds}`;
      slider.setAttribute("aria-valuetext", seconds);
      slider.nextElementSibling.textContent = seconds;
    }
    trim.style.setProperty("--from", Number(start.value) / whole);
    trim.style.setProperty("--to", Number(end.value) / whole);
    trim.dataset.touched = "";
    // An answer that is under way knows nothing of this yet, and would move the slider back.
    if (!uploading()) begin();
  }

  function cutOf(trim) {
    const [start, end] = ends(trim).map(slider => Number(slider.value));
    const whole = Number(trim.dataset.whole);
    // The slider's steps may end before the clip does.
    return { part: Number(trim.dataset.part), start, end: whole - end < 0.05 ? whole : end };
  }

  const cut = rested(() => {
    const touched = [...state().querySelectorAll(".yn-trim[data-touched]")];
    if (touched.length) change({ cuts: touched.map(cutOf) });
  }, 350);

  async function hear(part) {
    await wait(360);
    await changing;
    $(`.yn-parts [data-part="${part}"] .yn-play`, state())?.click();
  }

  document.addEventListener("input", event => {
    if (event.target.matches?.("[data-trim]")) slide(event.target);
  });
  document.addEventListener("change", event => {
    const { target } = event;
    if (target.matches?.("[data-trim]")) cut();
    else if (target.id === "yn-denoise") change({ denoise: target.checked });
    else if (target.id === "yn-clip-add") {
      giveClips([...target.files], true);
      target.value = "";
    }
  });
  document.addEventListener("click", event => {
    const hit = name => event.target.closest?.(`#yn-reference-state [${name}]`)?.dataset;
    const best = hit("data-stretch");
    const without = hit("data-without");
    const whole = hit("data-whole-clip");
    const heard = hit("data-hear");
    if (best) change({ cuts: [{ part: Number(best.stretch), start: Number(best.start), end: Number(best.end) }] });
    else if (without) change({ without: Number(without.without) });
    else if (whole) change({ cuts: [{ part: Number(whole.wholeClip), start: 0, end: null }] });
    else if (heard) hear(heard.hear);
  });

  Object.assign(window.yinse, { giveClips, followReference });
})();
