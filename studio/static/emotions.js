/* Where the emotion comes from: the clip's own manner, sliders, words, another clip, or chance; one at a time. */
(() => {
  "use strict";
  const { $, words, format, ask, tell, rested } = window.yinse;
  const NONE = Array(8).fill(0);
  const STEP = 0.05;

  let source = "own";
  /* What each source says; own is always nothing. */
  let values = {};
  let clipName = "";
  let ticket = 0;

  const sliders = () => [...document.querySelectorAll("[data-emotion]")];
  const shown = () => values[source] ?? NONE;
  const written = () => $("#yn-emotion-words").value.trim();
  const state = said => tell($("#yn-emotion-state"), said);

  /* As the studio reads it. */
  const emotion = () => ({ source, values: [...shown()], words: source === "words" ? written() : "", name: source === "clip" ? clipName : "" });

  function draw() {
    const all = sliders();
    const now = shown();
    all.forEach((slider, index) => {
      slider.value = Math.round(now[index] / STEP) * STEP;
      slider.nextElementSibling.textContent = now[index] ? now[index].toFixed(2) : "0";
      slider.style.setProperty("--share", `${now[index] * 100}%`);
    });
    const svg = $(".yn-radar svg");
    if (!svg || !all.length) return;
    const point = (index, radius) => {
      const angle = (index / all.length) * 2 * Math.PI - Math.PI / 2;
      return [Math.cos(angle) * radius, Math.sin(angle) * radius];
    };
    const ring = radius => all.map((_, index) => point(index, radius).map(n => n.toFixed(1)).join(",")).join(" ");
    const rings = [20, 40, 60, 80].map(radius => `<polygon class="yn-ring" points="${ring(radius)}"/>`).join("");
    const names = all.map((slider, index) => {
      const [x, y] = point(index, 94);
      const anchor = Math.abs(x) < 12 ? "middle" : x > 0 ? "start" : "end";
      return `<text x="${(x * 0.94).toFixed(1)}" y="${(y + 4).toFixed(1)}" text-anchor="${anchor}">${nameOf(slider)}</text>`;
    });
    const shape = all.map((_, index) => point(index, now[index] * 80).map(n => n.toFixed(1)).join(",")).join(" ");
    const dots = all.map((slider, index) => {
      const [x, y] = point(index, now[index] * 80);
      const hue = `var(--yn-${slider.dataset.emotion})`;
      return now[index] ? `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4.5" style="fill:${hue}"/>` : "";
    });
    svg.innerHTML = `${rings}<polygon class="yn-shape" points="${shape}"/>${dots.join("")}${names.join("")}`;
  }

  const nameOf = slider => slider.previousElementSibling.textContent;

  function inWords(found) {
    const parts = sliders().map((slider, index) => (found[index] >= 0.005 ? `${nameOf(slider)} ${found[index].toFixed(2)}` : ""));
    return parts.filter(Boolean).join(words.list_comma) || words.feeling_neutral;
  }

  function choose(name) {
    // Chance varies what was set or understood before.
    if (name === "random" && source !== "random") values.random = [...shown()];
    source = name;
    ticket++;
    for (const pill of document.querySelectorAll("[name=yn-source]")) pill.checked = pill.value === name;
    for (const panel of document.querySelectorAll("#yn-emotions [data-source]")) panel.hidden = panel.dataset.source !== name;
    state(null);
    draw();
    if (name === "words") understand();
    if (name === "clip" && clipName) state(format(words.feeling_heard, { name: clipName, feelings: inWords(shown()) }));
    window.yinse.changed();
  }

  async function understand() {
    const mine = ++ticket;
    const text = written();
    let found = NONE;
    let said = null;
    try {
      if (text) {
        found = (await ask("feelings", { method: "POST", json: { source: "words", words: text } })).values;
        said = format(words.feeling_understood, { feelings: inWords(found) });
      }
    } catch (error) {
      if (!error?.problem) throw error;
      said = error;
    }
    if (mine !== ticket) return;
    values.words = found;
    state(said);
    draw();
    window.yinse.changed();
  }

  async function hear(file) {
    const mine = ++ticket;
    state(format(words.feeling_listening, { name: file.name }));
    try {
      const headers = { "content-type": "application/octet-stream", "x-clip-name": encodeURIComponent(file.name) };
      const told = await ask("feelings/clip", { method: "POST", body: file, headers });
      if (mine !== ticket) return;
      values.clip = told.values;
      clipName = file.name;
      choose("clip");
    } catch (error) {
      if (!error?.problem) throw error;
      if (mine === ticket) state(error);
    }
  }

  /* Of a draft, the history or a preset; a bare list, or null, is of sliders. */
  function setEmotion(given) {
    if (!given || Array.isArray(given)) {
      values = { sliders: given ? [...given] : NONE };
      return choose(given?.some(Boolean) ? "sliders" : "own");
    }
    values = { [given.source]: [...given.values] };
    if (given.source === "words") $("#yn-emotion-words").value = given.words;
    if (given.source === "clip") clipName = given.name;
    source = given.source;
    choose(given.source);
  }

  const rest = rested(() => {
    if (source === "words") understand();
  }, 350);
  document.addEventListener("input", event => {
    const { target } = event;
    if (target.id === "yn-emotion-words" && !event.isComposing) rest();
    if (!target.matches("[data-emotion]")) return;
    const set = [...shown()];
    set[sliders().indexOf(target)] = Number(target.value);
    // Who moves a slider means it: from here on the sliders hold.
    const name = source === "random" ? "random" : "sliders";
    values[name] = set;
    if (name === source) draw();
    else choose(name);
  });
  document.addEventListener("compositionend", event => { if (event.target.id === "yn-emotion-words") rest(); });
  document.addEventListener("change", event => {
    const { target } = event;
    if (target.name === "yn-source") choose(target.value);
    if (target.id !== "yn-emotion-file") return;
    const [file] = target.files;
    if (file) hear(file);
    target.value = "";
  });
  document.addEventListener("click", event => { if (event.target.closest("#yn-emotion-reset")) setEmotion(null); });

  Object.assign(window.yinse, { emotion, setEmotion, drawEmotions: draw });
})();
