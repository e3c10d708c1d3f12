/* Subtitles or a script as one track: read, kept as it is written, cast, planned, made, stopped, gone on with. */
(() => {
  "use strict";
  const { $, words, ask, attempt, question, offerVoices, readFile, drawRows, watch, number, rested } = window.yinse;
  const OPTIONS = ["language", "speed", "stretch", "gap", "tail", "voice"];
  const seen = new Map();
  let shown = null;
  let stamp = -1;
  let going = false;
  let restored = false;
  let unread = false;
  let turn = Promise.resolve();
  let cast = {};
  let offered = "";
  let drawn = "";

  const asked = () => ({
    text: $("#yn-dub-text").value, name: $("#yn-dub-name").textContent, voice: $("#yn-dub-voice").value, cast,
    language: $("#yn-dub-language").value, speed: number("#yn-dub-speed"), stretch: number("#yn-dub-stretch"),
    gap: number("#yn-dub-gap"), tail: number("#yn-dub-tail"), speak: $("#yn-dub-speak").checked,
  });

  /* A choice for every name; one whose voice is in the library has it already. */
  async function offerCast(names) {
    if (JSON.stringify(names) === offered) return;
    offered = JSON.stringify(names);
    $("#yn-dub-cast").replaceChildren(...names.map(name => {
      const label = document.createElement("label");
      const select = document.createElement("select");
      Object.assign(select.dataset, { voices: "", none: words.as_main, name, wanted: cast[name] ?? "" });
      label.append(name, select);
      return label;
    }));
    await offerVoices($("#yn-panel-dub"), (select, kept) => {
      const same = kept.find(({ name }) => name.toLowerCase() === select.dataset.name?.toLowerCase());
      if (same && cast[select.dataset.name] === undefined) select.value = `voice:${same.id}`;
    });
    takeCast();
  }

  function takeCast() {
    for (const select of document.querySelectorAll("#yn-dub-cast select")) cast[select.dataset.name] = select.value;
  }

  /* Whatever changes the draft does so when the last change is answered, or one would undo the other. */
  function inTurn(act) {
    const mine = turn.then(act);
    turn = mine.catch(() => {});
    return mine;
  }

  /* What is written goes to the studio, which keeps it; its lines come back. */
  async function readNow() {
    unread = false;
    if (!$("#yn-dub-text").value.trim()) $("#yn-dub-name").textContent = "";
    if (!$("#yn-dub-text").value.trim() && !shown) return;
    await attempt($("#yn-dub-told"), async () => {
      show(await ask("dub/read", { method: "POST", json: asked() }), { read: true });
    });
  }
  const read = () => inTurn(readNow);
  const reread = rested(() => {
    if (unread) read();
  }, 500);

  function touch() {
    unread = true;
    reread();
  }

  function restore(given) {
    if (restored || !given.text || $("#yn-dub-text").value) return;
    $("#yn-dub-name").textContent = given.name;
    for (const name of OPTIONS) if (given[name] !== null) $(`#yn-dub-${name}`).value = given[name];
    $("#yn-dub-voice").dataset.wanted = given.voice;
    $("#yn-dub-speak").checked = given.speak;
    cast = { ...given.cast };
    $("#yn-dub-text").value = given.text;
  }

  function draw(rows) {
    const list = $("#yn-dub-rows");
    for (const row of list.querySelectorAll(":scope > [data-row]")) {
      const place = Number(row.dataset.row);
      if (place >= rows.length && seen.delete(place)) row.remove();
    }
    drawRows(list, rows, seen);
    $("#yn-dub-none").hidden = rows.length > 0;
  }

  /* `read`: the lines may be others than before. */
  function show(told, { read = false } = {}) {
    // An answer that another one has overtaken.
    if (told.id && told.id === shown && told.stamp < stamp) return;
    const ended = going && !told.going;
    shown = told.id;
    going = Boolean(told.going);
    $("#yn-dub-plan").disabled = $("#yn-dub-make").disabled = going;
    $("#yn-dub-stop").disabled = !going;
    if (!told.id) return;
    stamp = told.stamp;
    $("#yn-dub-progress").innerHTML = told.progress;
    if (told.rows !== undefined) {
      restore(told.asked);
      // One that stays as it is keeps playing.
      if (told.result !== drawn) $("#yn-dub-result").innerHTML = drawn = told.result;
      $("#yn-dub-told").innerHTML = told.told;
      $("#yn-dub-along").hidden = !told.timed;
      $("#yn-dub-original").textContent = told.original ? words.dub_original_there : words.dub_original_choose;
      $("#yn-dub-original-remove").hidden = !told.original;
      draw(told.rows);
      attempt($("#yn-dub-error"), () => offerCast(told.names));
    }
    document.dispatchEvent(new CustomEvent("yinse-dub", { detail: { ended, read } }));
  }

  const follow = watch(async () => {
    let told = null;
    try {
      told = await ask(`dub?since=${stamp}`);
      // How the last step ended may be told without a word of change.
      if (going && !told.going) told = await ask("dub");
    } catch {
      return going;
    }
    show(told);
    restored = true;
    return going;
  });

  const begin = path => attempt($("#yn-dub-error"), async () => {
    $("#yn-dub-plan").disabled = $("#yn-dub-make").disabled = true;
    try {
      await inTurn(async () => {
        unread = false;
        show(await ask(path, { method: "POST", json: asked() }));
      });
    } finally {
      $("#yn-dub-plan").disabled = $("#yn-dub-make").disabled = going;
    }
    follow();
  });

  async function giveOriginal(file) {
    const label = $("#yn-dub-original").parentElement;
    label.classList.add("yn-busy");
    try {
      await ask("dub/original", { method: "POST", body: file, headers: { "x-file-name": encodeURIComponent(file.name) } });
      show(await ask("dub"));
    } finally {
      label.classList.remove("yn-busy");
    }
  }

  document.addEventListener("yinse-tab", event => {
    if (event.detail !== "dub") return;
    attempt($("#yn-dub-error"), () => offerVoices($("#yn-panel-dub")));
    // Other tabs change how lines are read.
    stamp = -1;
    follow();
  });
  document.addEventListener("click", event => {
    const hit = id => event.target.closest(`#yn-dub-${id}`);
    if (hit("plan")) begin("dub/plan");
    else if (hit("make")) begin("dub");
    else if (hit("delete")) {
      question({ title: words.delete_dub, hint: words.delete_hint, yes: words.delete }, async () => {
        await inTurn(async () => {
          await ask("dub", { method: "DELETE" });
          for (const part of ["result", "told", "progress"]) $(`#yn-dub-${part}`).replaceChildren();
          draw([]);
          shown = null;
          drawn = "";
          document.dispatchEvent(new CustomEvent("yinse-dub", { detail: {} }));
          // What is written stays, with its lines as nobody has made them.
          await readNow();
        });
      });
    } else if (hit("original-remove")) {
      attempt($("#yn-dub-told"), async () => {
        await ask("dub/original", { method: "DELETE" });
        show(await ask("dub"));
      });
    } else if (hit("stop")) attempt($("#yn-dub-error"), () => ask("dub/stop", { method: "POST" }).then(follow));
  });
  document.addEventListener("input", event => {
    if (event.target.id === "yn-dub-text") touch();
  });
  document.addEventListener("change", async event => {
    const { target } = event;
    if (target.id === "yn-dub-file") {
      const [file] = target.files;
      target.value = "";
      if (!file) return;
      await attempt($("#yn-dub-told"), async () => {
        $("#yn-dub-text").value = await readFile(file);
        $("#yn-dub-name").textContent = file.name;
      });
      read();
    } else if (target.id === "yn-dub-original-file") {
      const [file] = target.files;
      target.value = "";
      if (file) attempt($("#yn-dub-told"), () => giveOriginal(file));
    } else if (target.closest?.("#yn-dub-cast") || target.matches?.(`#yn-dub-speak, ${OPTIONS.map(name => `#yn-dub-${name}`)}`)) {
      takeCast();
      touch();
    }
  });

  /* For the panel of a line: what is written is read before it, and its changes come into the text. */
  window.yinse.dub = {
    inTurn: act => inTurn(async () => {
      if (unread) await readNow();
      return act();
    }),
    isGoing: () => going,
    show: told => {
      if (told.asked && $("#yn-dub-text").value !== told.asked.text) $("#yn-dub-text").value = told.asked.text;
      show(told);
      if (going) follow();
    },
  };
})();
