/* Speech is heard while it is being made: 16-bit PCM as it comes, one piece after another. */
(() => {
  "use strict";
  const { $ } = window.yinse;
  const RATE = 24000;
  /* How far ahead of its sound a piece is planned, in seconds; and what counts as sound. */
  const LEAD = 0.02;
  const AUDIBLE = 0.004;
  const WANTED = "yinse-live";

  let context = null;
  let live = null;
  /* Only speech that was asked for here is played by itself; that of before a reload is not. */
  let armed = false;
  let before = null;
  const taken = () => $("#yn-result [data-take]")?.dataset.take ?? null;

  function arm() {
    performance.mark("yinse-click");
    const stage = $("#yn-stage");
    // On a small screen the result lies far below what was written.
    if (stage.getBoundingClientRect().top > innerHeight) stage.scrollIntoView({ block: "start", behavior: "smooth" });
    armed = $("#yn-live-wanted")?.checked ?? false;
    if (!armed) return;
    before = taken();
    hush();
    // Browsers let a page sound only after something was pressed.
    context ??= new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
    context.resume();
  }

  async function listen(id) {
    armed = false;
    const mine = { id, first: null, next: 0, waited: 0, playing: 0, ended: false, stop: new AbortController() };
    live = mine;
    window.yinse.stopPlayers();
    try {
      const answer = await fetch(`./studio/jobs/${id}/pcm`, { signal: mine.stop.signal });
      if (!answer.ok) return end(mine);
      const reader = answer.body.getReader();
      let rest = new Uint8Array(0);
      for (;;) {
        const { done, value } = await reader.read();
        if (done || live !== mine) break;
        const bytes = new Uint8Array(rest.length + value.length);
        bytes.set(rest);
        bytes.set(value, rest.length);
        const whole = bytes.length & ~1;
        rest = bytes.slice(whole);
        if (whole) plan(mine, new Int16Array(bytes.buffer, 0, whole / 2));
      }
    } catch {
      // Stopped, or the studio is gone; the page says so elsewhere.
    }
    mine.ended = true;
    if (!mine.playing) end(mine);
  }

  function plan(mine, pcm) {
    const buffer = context.createBuffer(1, pcm.length, RATE);
    const wave = buffer.getChannelData(0);
    for (let place = 0; place < pcm.length; place++) wave[place] = pcm[place] / 32767;
    const piece = context.createBufferSource();
    piece.buffer = buffer;
    piece.connect(context.destination);
    const start = Math.max(context.currentTime + LEAD, mine.next);
    if (mine.first === null) {
      mine.first = start;
      const silence = Math.max(0, wave.findIndex(sample => Math.abs(sample) > AUDIBLE)) / RATE;
      const seconds = start - context.currentTime + silence + (context.outputLatency || context.baseLatency || 0);
      performance.mark("yinse-sound", { startTime: performance.now() + seconds * 1000 });
      $("#yn-live-now").hidden = false;
      requestAnimationFrame(() => paint(mine));
    } else mine.waited += start - mine.next;
    piece.start(start);
    mine.next = start + buffer.duration;
    mine.playing++;
    piece.onended = () => {
      mine.playing--;
      if (mine.ended && !mine.playing) end(mine);
    };
    (mine.pieces ??= []).push(piece);
  }

  const position = mine => Math.max(0, context.currentTime - mine.first - mine.waited);
  const playerOf = mine => $(`#yn-result [data-take="${CSS.escape(mine.id)}"] .yn-large`);

  /* The player of the finished file, if it is there already, shows where the live sound is. */
  function paint(mine) {
    if (live !== mine) return;
    const player = playerOf(mine);
    if (player) {
      const length = Number(player.dataset.seconds);
      const at = Math.min(position(mine), length);
      player.style.setProperty("--at", length ? at / length : 0);
      player.classList.add("yn-playing", "yn-touched");
      $(".yn-time", player).textContent = `${window.yinse.clock(at)} / ${window.yinse.clock(length)}`;
      window.yinse.showNow(player, at);
    }
    requestAnimationFrame(() => paint(mine));
  }

  function end(mine) {
    if (live !== mine) return;
    live = null;
    $("#yn-live-now").hidden = true;
    const player = playerOf(mine);
    if (!player) return;
    // The file's own player is where it was: at its start.
    player.classList.remove("yn-playing", "yn-touched");
    player.style.setProperty("--at", 0);
    window.yinse.showNow(player, 0);
    $(".yn-time", player).textContent = window.yinse.clock(Number(player.dataset.seconds));
  }

  /* Silence. Of the player that the sound belongs to, the file goes on where the sound was; true then. */
  function hush(player = null) {
    const mine = live;
    if (!mine) return false;
    const own = player !== null && playerOf(mine) === player;
    const at = own && mine.first !== null ? position(mine) : 0;
    mine.stop.abort();
    for (const piece of mine.pieces ?? []) {
      piece.onended = null;
      piece.stop();
    }
    end(mine);
    if (at) $("audio", player).currentTime = at;
    return own;
  }

  // Before the framework hears of the click, which is when the waiting begins.
  document.addEventListener("click", event => {
    if (event.target.closest("#yn-generate:not([disabled])")) arm();
    else if (event.target.closest("#yn-live-stop, #yn-cancel")) hush();
    // A result that comes of these is not that of a text that was refused before.
    else if (event.target.closest("[data-pick], [data-again], [data-several]")) armed = false;
  }, true);
  document.addEventListener("change", event => {
    if (event.target.id !== "yn-live-wanted") return;
    localStorage.setItem(WANTED, event.target.checked ? "" : "no");
    if (!event.target.checked) hush();
  });
  document.addEventListener("play", () => hush(), true);
  new MutationObserver(() => {
    if (!armed) return;
    // A short text may be finished before the page has heard that it was begun; a take has the id of its job.
    const id = $("#yn-progress [data-live]")?.dataset.live ?? (taken() === before ? null : taken());
    if (id && live?.id !== id) listen(id);
  }).observe(document, { childList: true, subtree: true });

  function openLive() {
    $("#yn-live-wanted").checked = localStorage.getItem(WANTED) !== "no";
  }

  Object.assign(window.yinse, { hush, openLive, liveIsOn: () => live !== null });
})();
