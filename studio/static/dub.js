/* Subtitles or a script as one track: read, cast, planned, made, stopped, gone on with. */
(() => {
  "use strict";
  const { $, words, ask, attempt, question, offerVoices, readFile, watch, number, rested } = window.yinse;
  const OPTIONS = ["language", "speed", "stretch", "gap", "tail", "voice"];
  let stamp = -1;
  let going = false;
  let restored = false;
  let ticket = 0;
  let cast = {};

  const asked = () => ({
    text: $("#yn-dub-text").value, name: $("#yn-dub-name").textContent, voice: $("#yn-dub-voice").value, cast,
    language: $("#yn-dub-language").value, speed: number("#yn-dub-speed"), stretch: number("#yn-dub-stretch"),
    gap: number("#yn-dub-gap"), tail: number("#yn-dub-tail"), speak: $("#yn-dub-speak").checked,
  });

  /* A choice for every name; one whose voice is in the library has it already. */
  async function offerCast(names) {
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

  async function read({ rows = true } = {}) {
    const mine = ++ticket;
    if (!$("#yn-dub-text").value.trim()) {
      $("#yn-dub-name").textContent = "";
      $("#yn-dub-told").replaceChildren();
      return;
    }
    await attempt($("#yn-dub-told"), async () => {
      const told = await ask("dub/read", { method: "POST", json: asked() });
      if (mine !== ticket) return;
      await offerCast(told.names);
      if (!rows) return;
      $("#yn-dub-told").innerHTML = told.told;
      $("#yn-dub-rows").innerHTML = told.rows;
      $("#yn-dub-none").hidden = true;
    });
  }

  function restore(given) {
    if (restored || !given.text || $("#yn-dub-text").value) return;
    $("#yn-dub-text").value = given.text;
    $("#yn-dub-name").textContent = given.name;
    for (const name of OPTIONS) $(`#yn-dub-${name}`).value = given[name];
    $("#yn-dub-voice").dataset.wanted = given.voice;
    $("#yn-dub-speak").checked = given.speak;
    cast = { ...given.cast };
    read({ rows: false });
  }

  function show(told) {
    going = Boolean(told.going);
    $("#yn-dub-plan").disabled = $("#yn-dub-make").disabled = going;
    $("#yn-dub-stop").disabled = !going;
    if (!told.id) return;
    stamp = told.stamp;
    $("#yn-dub-progress").innerHTML = told.progress;
    if (told.rows === undefined) return;
    restore(told.asked);
    $("#yn-dub-result").innerHTML = told.result;
    if (!told.rows) return;
    $("#yn-dub-rows").innerHTML = told.rows;
    $("#yn-dub-none").hidden = true;
    $("#yn-dub-told").innerHTML = told.told;
  }

  const follow = watch(async () => {
    try {
      show(await ask(`dub?since=${stamp}`));
    } catch {
      return going;
    }
    restored = true;
    return going;
  });

  const begin = path => attempt($("#yn-dub-error"), async () => {
    $("#yn-dub-plan").disabled = $("#yn-dub-make").disabled = true;
    try {
      show(await ask(path, { method: "POST", json: asked() }));
    } finally {
      $("#yn-dub-plan").disabled = $("#yn-dub-make").disabled = going;
    }
    follow();
  });

  document.addEventListener("yinse-tab", event => {
    if (event.detail !== "dub") return;
    attempt($("#yn-dub-error"), () => offerVoices($("#yn-panel-dub")));
    follow();
  });
  document.addEventListener("click", event => {
    const hit = id => event.target.closest(`#yn-dub-${id}`);
    if (hit("plan")) begin("dub/plan");
    else if (hit("make")) begin("dub");
    else if (hit("delete")) {
      question({ title: words.delete_dub, hint: words.delete_hint, yes: words.delete }, async () => {
        await ask("dub", { method: "DELETE" });
        $("#yn-dub-result").replaceChildren();
        $("#yn-dub-rows").replaceChildren();
        $("#yn-dub-none").hidden = false;
      });
    } else if (hit("stop")) attempt($("#yn-dub-error"), () => ask("dub/stop", { method: "POST" }).then(follow));
  });
  const reread = rested(read, 500);
  document.addEventListener("input", event => {
    if (event.target.id === "yn-dub-text") reread();
  });
  document.addEventListener("change", async event => {
    if (event.target.id === "yn-dub-speak") reread();
    else if (event.target.closest?.("#yn-dub-cast")) takeCast();
    else if (event.target.id === "yn-dub-file") {
      const [file] = event.target.files;
      event.target.value = "";
      if (!file) return;
      await attempt($("#yn-dub-told"), async () => {
        $("#yn-dub-text").value = await readFile(file);
        $("#yn-dub-name").textContent = file.name;
      });
      read();
    }
  });
})();
