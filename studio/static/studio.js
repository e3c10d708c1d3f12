/* The parts of the page that live in the browser: the reference clip, players, keys and the draft. */
(() => {
  "use strict";
  const words = window.yinseWords;
  const $ = (selector, root = document) => root.querySelector(selector);
  const format = (text, details) => text.replace(/\{(\w+)\}/g, (whole, name) => details[name] ?? whole);
  const DRAFT = "yinse-draft";

  /* ---- reference clip ---- */
  let clip = null;
  /* Where the clip came from, as the history keeps it. */
  let source = null;
  let asked = 0;

  function showReference(html) {
    const state = $("#yn-reference-state");
    stopPlayers(state);
    state.innerHTML = html;
  }

  function showReferenceError(problem, advice) {
    const box = document.createElement("div");
    box.className = "yn-error";
    box.setAttribute("role", "alert");
    for (const [tag, text] of [["strong", problem], ["span", advice]]) {
      const part = document.createElement(tag);
      part.textContent = text;
      box.append(part, " ");
    }
    showReference("");
    $("#yn-reference-state").append(box);
  }

  /* Whoever asks for another reference begins; the answer then tells whether it is still wanted. */
  function begin() {
    const ticket = ++asked;
    $("#yn-reference-state").removeAttribute("aria-busy");
    return () => ticket === asked;
  }

  function holdReference(told) {
    clip = told?.id ?? null;
    source = told?.source ?? null;
    markSource();
    window.yinse.changed();
    showReference(told?.html ?? "");
    if (told) window.yinse.followReference(told);
  }

  async function fetchReference(address, options, quiet = false) {
    const wanted = begin();
    try {
      const answer = await fetch(address, options);
      const told = await answer.json();
      if (!wanted()) return;
      holdReference(answer.ok ? told : null);
      if (!answer.ok && !quiet) showReferenceError(told.problem, told.advice);
    } catch {
      if (wanted()) showReferenceError(words.unreachable, words.unreachable_advice);
    } finally {
      if (wanted()) $(".yn-drop")?.classList.remove("yn-busy");
    }
  }

  /* What is there makes way for another one; the history may come back to it. */
  function leaveReference() {
    begin();
    holdReference(null);
    $(".yn-drop").classList.add("yn-busy");
    showReference(`<p class="yn-working"><i></i>${words.listening}</p>`);
  }

  function removeReference() {
    begin();
    if (clip) fetch(`./studio/clips/${clip}`, { method: "DELETE" }).catch(() => {});
    holdReference(null);
    $(".yn-drop").classList.remove("yn-busy");
    $("#yn-file").focus();
  }

  /* ---- voices that need no upload: the examples, and those of one's own library ---- */
  function markSource() {
    for (const button of document.querySelectorAll("[data-example], [data-chosen-voice]")) {
      const { example, chosenVoice } = button.dataset;
      button.setAttribute("aria-pressed", String(source?.id === (example ?? chosenVoice)));
    }
  }

  function choose(kind, id) {
    leaveReference();
    const body = JSON.stringify({ kind, id });
    return fetchReference("./studio/clips/chosen", { method: "POST", headers: { "content-type": "application/json" }, body });
  }

  function giveExample({ example, sample }) {
    choose("example", example);
    suggest(sample);
  }

  /* A text of one's own stays; that of another example was nobody's. */
  function suggest(text) {
    const box = $("#yn-text textarea");
    const offered = [...document.querySelectorAll("[data-sample]")].map(button => button.dataset.sample);
    if (box.value.trim() && !offered.includes(box.value)) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* ---- microphone ---- */
  let recording = null;

  async function record() {
    if (recording) return recording.stop();
    if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) {
      return showReferenceError(words.no_microphone, words.no_microphone_advice);
    }
    let stream;
    // While the person is asked, another press does not ask again.
    recording = { stop: () => {} };
    try {
      // Raw sound: what cleans a call up also takes away from a voice.
      const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      stream = await navigator.mediaDevices.getUserMedia({ audio });
    } catch {
      recording = null;
      return showReferenceError(words.microphone_refused, words.microphone_refused_advice);
    }
    const type = ["audio/webm;codecs=pcm", "audio/webm;codecs=opus", "audio/mp4"].find(t => MediaRecorder.isTypeSupported(t));
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 192000 });
    const parts = [];
    const button = $("#yn-record");
    const label = $("span", button);
    const longest = Number($(".yn-drop").dataset.seconds);
    const began = performance.now();
    const tick = () => {
      const seconds = (performance.now() - began) / 1000;
      label.textContent = format(words.stop, { seconds: seconds.toFixed(0) });
      if (seconds > longest - 0.5) recorder.stop();
    };
    const timer = setInterval(tick, 250);
    recorder.ondataavailable = event => parts.push(event.data);
    recorder.onstop = () => {
      clearInterval(timer);
      recording = null;
      stream.getTracks().forEach(track => track.stop());
      button.classList.remove("yn-recording");
      label.textContent = words.record;
      window.yinse.giveClips([new File(parts, words.recording, { type })]);
    };
    recording = recorder;
    button.classList.add("yn-recording");
    recorder.start();
    tick();
  }

  /* ---- players ---- */
  const clock = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  function paintPlayer(player) {
    const audio = $("audio", player);
    const length = Number(player.dataset.seconds);
    const at = Math.min(audio.currentTime, length);
    player.style.setProperty("--at", length ? at / length : 0);
    player.classList.toggle("yn-playing", !audio.paused);
    player.classList.toggle("yn-touched", at > 0);
    $(".yn-play", player).setAttribute("aria-label", audio.paused ? words.play : words.pause);
    $(".yn-time", player).textContent = `${clock(at)} / ${clock(length)}`;
    $(".yn-track", player).setAttribute("aria-valuenow", at.toFixed(1));
    showNow(player, at);
  }

  /* Marks what is said at a moment, and keeps the word of that moment in sight. */
  function showNow(player, at) {
    for (const row of player.querySelectorAll("[data-start]")) {
      const now = at > 0 && at >= Number(row.dataset.start) && at < Number(row.dataset.end);
      if (now && !row.classList.contains("yn-now")) {
        const strip = row.closest(".yn-wordline");
        if (strip) strip.scrollLeft = row.offsetLeft - strip.clientWidth / 2;
      }
      row.classList.toggle("yn-now", now);
    }
  }

  function stopPlayers(root, but) {
    for (const audio of root.querySelectorAll("audio")) if (audio !== but) audio.pause();
  }

  function follow(player) {
    paintPlayer(player);
    const audio = $("audio", player);
    if (!player.isConnected) audio.pause();
    else if (!audio.paused) requestAnimationFrame(() => follow(player));
  }

  function play(player) {
    if (window.yinse.hush(player)) return;
    const audio = $("audio", player);
    stopPlayers(document, audio);
    if (!audio.paused) audio.pause();
    else audio.play().catch(() => {});
  }

  function seek(player, seconds, start = false) {
    window.yinse.hush();
    const audio = $("audio", player);
    audio.currentTime = Math.max(0, Math.min(seconds, Number(player.dataset.seconds)));
    if (start && audio.paused) play(player);
    paintPlayer(player);
  }

  for (const name of ["play", "pause", "ended", "seeked", "loadedmetadata"]) {
    document.addEventListener(name, event => {
      const player = event.target.closest?.(".yn-player");
      if (player) follow(player);
    }, true);
  }

  /* ---- draft: what was set outlives a reload and a change of language, in this tab ---- */
  const FIELDS = ["#yn-text textarea", "#yn-language input:checked", "#yn-weight [type=number]", "#yn-speed [type=number]", "#yn-duration input", "#yn-seed input"];

  /* Pauses and variation, which the framework draws only when they are opened. */
  let advanced = null;

  function advance(...fields) {
    advanced = fields;
    window.yinse.changed();
  }

  function keepDraft() {
    const fields = FIELDS.map(field => $(field)?.value ?? null);
    if (fields[0] === null) return;
    const kept = { fields, clip, emotion: window.yinse.emotion(), advanced, reading: window.yinse.readingSettings(), preview: $("#yn-preview").open };
    sessionStorage.setItem(DRAFT, JSON.stringify(kept));
  }

  function restoreDraft(fields) {
    setUp();
    const kept = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
    const [text, language, weight, speed, duration, seed] = kept?.fields ?? fields;
    const reading = kept?.reading ?? fields.slice(6, 9);
    advanced = kept?.advanced ?? fields.slice(9);
    if (kept) {
      window.yinse.setEmotion(kept.emotion);
      $("#yn-preview").open = kept.preview;
    }
    window.yinse.preview(text, language, ...reading);
    if (kept?.clip) fetchReference(`./studio/clips/${kept.clip}`, {}, true);
    // The framework shows an empty number as 0 unless it is told null: duration and seed are empty at first.
    const number = value => (kept && value !== "" ? Number(value) : null);
    return [text, language, Number(weight), Number(speed), number(duration), number(seed), ...reading, ...advanced];
  }

  /* ---- settings from elsewhere: the history, a preset, a seed ---- */
  let coming = null;

  /* What the fields hold, but for the text. */
  function settings() {
    const [, language, weight, speed, duration, seed] = FIELDS.map(field => $(field)?.value ?? "");
    const [longest, emoji, glossary] = window.yinse.readingSettings() ?? [];
    const [pauses, variation] = advanced ?? [];
    const felt = window.yinse.emotion();
    const number = value => (value === "" ? null : Number(value));
    return { emotion: felt.values, feeling: felt, language, weight: number(weight), speed: number(speed), duration: number(duration), seed: number(seed), longest, emoji, glossary, pauses, variation };
  }

  function use(given) {
    coming = given;
    const felt = given.feeling ?? given.emotion;
    if (felt) window.yinse.setEmotion(felt);
    $("#yn-apply").click();
  }

  function applied(fields) {
    const names = ["text", "language", "weight", "speed", "duration", "seed", "longest", "emoji", "glossary", "pauses", "variation"];
    const given = coming ?? {};
    coming = null;
    return names.map((name, place) => {
      if (name !== "duration" && name !== "seed") return given[name] ?? fields[place];
      // The framework takes an empty number for 0 unless it is told null.
      const written = $(FIELDS[place]).value;
      return name in given ? given[name] : written === "" ? null : Number(written);
    });
  }

  function speak(language) {
    document.cookie = `yinse_language=${language}; path=/; max-age=31536000; samesite=lax`;
    location.reload();
  }

  function setUp() {
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === window.yinseLanguage));
    }
    relabel();
    window.yinse.drawEmotions();
    for (const open of ["openLive", "openTabs", "openVoices", "openPresets", "openGlossary"]) window.yinse[open]();
  }

  /* The framework names its sliders' parts in English. */
  function relabel() {
    for (const part of document.querySelectorAll(".yn-card [data-testid$='-input'], .yn-card .reset-button")) {
      const name = $("[data-testid='block-info']", part.closest(".block"))?.textContent.trim();
      part.setAttribute("aria-label", part.matches(".reset-button") ? `${words.reset}: ${name}` : name);
    }
  }

  /* ---- one listener each on the document: the framework may draw any part anew ---- */
  document.addEventListener("click", event => {
    const hit = selector => event.target.closest(selector);
    const player = hit(".yn-player");
    // The settings of the text are drawn when they are opened.
    if (hit("#yn-reading, #yn-advanced")) setTimeout(relabel, 60);
    if (hit(".yn-play")) play(player);
    else if (hit("[data-seek]")) seek(player, Number(hit("[data-seek]").dataset.seek), true);
    else if (hit(".yn-track")) {
      const box = hit(".yn-track").getBoundingClientRect();
      seek(player, ((event.clientX - box.left) / box.width) * Number(player.dataset.seconds));
    } else if (hit("[data-example]")) giveExample(hit("[data-example]").dataset);
    else if (hit("#yn-record")) record();
    else if (hit("#yn-clip-remove")) removeReference();
    else if (hit("[data-chosen-voice]")) choose("voice", hit("[data-chosen-voice]").dataset.chosenVoice);
    else if (hit("[data-seed]")) use({ seed: Number(hit("[data-seed]").dataset.seed) });
    else if (hit("[data-language]")) speak(hit("[data-language]").dataset.language);
  });
  document.addEventListener("change", event => {
    if (event.target.id !== "yn-file") return;
    window.yinse.giveClips([...event.target.files]);
    // So that the same file, mended, can be chosen again.
    event.target.value = "";
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, event => {
      const card = event.target.closest?.("#yn-reference");
      $(".yn-drop")?.classList.toggle("yn-over", Boolean(card) && name === "dragover");
      if (!card) return;
      event.preventDefault();
      if (name === "drop") window.yinse.giveClips([...event.dataTransfer.files]);
    });
  }
  document.addEventListener("keydown", event => {
    // An input method uses Enter and Esc for itself while it composes.
    if (event.isComposing || event.keyCode === 229) return;
    const track = event.target.closest?.(".yn-track");
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (track && step) {
      const player = track.closest(".yn-player");
      event.preventDefault();
      seek(player, $("audio", player).currentTime + step);
      return;
    }
    // On another tab Esc closes or empties something there, and is not meant for the speech that is being made.
    if (document.documentElement.dataset.tab !== "clone") return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // The text that was just typed reaches the framework before the click does.
      setTimeout(() => $("#yn-generate")?.click(), 60);
    } else if (event.key === "Escape" && !window.yinse.panelIsOpen() && !$("dialog[open], .yn-menu[open]")) $("#yn-cancel:not([disabled])")?.click();
  });

  window.addEventListener("pagehide", keepDraft);
  window.yinse = {
    $, format, words, clock, restoreDraft, advance, settings, use, applied, choose, showNow, markSource, seek,
    clip: () => clip,
    /* What follows the settings, such as the range of durations, adds itself here. */
    changed: () => {},
    source: () => source,
    stopPlayers: () => stopPlayers(document),
    showReferenceError,
    fetchReference, begin, holdReference, leaveReference,
  };
})();
