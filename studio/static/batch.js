/* Many lines at once: read, checked while they are written, said, watched, stopped, gone on with. */
(() => {
  "use strict";
  const { $, ask, attempt, offerVoices, readFile, drawRows, watch, number, rested } = window.yinse;
  const seen = new Map();
  let shown = null;
  let stamp = -1;
  let wasGoing = false;
  let ticket = 0;

  const asked = () => ({
    text: $("#yn-batch-text").value, name: $("#yn-batch-name").textContent, voice: $("#yn-batch-voice").value,
    language: $("#yn-batch-language").value, speed: number("#yn-batch-speed"), weight: number("#yn-batch-weight"),
  });

  /* One batch at a time. */
  function hold(going) {
    $("#yn-batch-start").disabled = $("#yn-batch-rest").disabled = going;
  }

  async function check() {
    const mine = ++ticket;
    if (!$("#yn-batch-text").value.trim()) {
      $("#yn-batch-name").textContent = "";
      $("#yn-batch-told").replaceChildren();
      return;
    }
    await attempt($("#yn-batch-told"), async () => {
      const { html } = await ask("batch/check", { method: "POST", json: asked() });
      if (mine === ticket) $("#yn-batch-told").innerHTML = html;
    });
  }

  function show(told) {
    if (told.id !== shown) {
      seen.clear();
      $("#yn-batch-rows").replaceChildren();
    }
    shown = told.id;
    $("#yn-batch-none").hidden = Boolean(told.id);
    if (!told.id) return;
    stamp = told.stamp;
    drawRows($("#yn-batch-rows"), told.rows, seen);
    $("#yn-batch-progress").innerHTML = told.progress;
    hold(told.going);
    $("#yn-batch-stop").disabled = !told.going;
    $("#yn-batch-after").hidden = !told.done && !told.left;
    $("#yn-batch-zip").hidden = $("#yn-batch-export").hidden = !told.done;
    $("#yn-batch-rest").hidden = told.going || !told.left;
  }

  async function look() {
    let told = null;
    try {
      told = await ask(`batch?since=${stamp}`);
      // What a stop leaves changes without a word of its own.
      if ((wasGoing && !told.going) || told.id !== shown) told = await ask("batch");
    } catch {
      return wasGoing;
    }
    show(told);
    wasGoing = Boolean(told.going);
    return wasGoing;
  }
  const follow = watch(look);

  const begin = path => attempt($("#yn-batch-error"), async () => {
    hold(true);
    try {
      show(await ask(path, { method: "POST", json: asked() }));
      wasGoing = true;
    } finally {
      hold(wasGoing);
    }
    follow();
  });

  document.addEventListener("yinse-tab", event => {
    if (event.detail !== "batch") return;
    attempt($("#yn-batch-error"), () => offerVoices($("#yn-panel-batch")));
    follow();
  });
  document.addEventListener("click", event => {
    const hit = id => event.target.closest(`#yn-batch-${id}`);
    if (hit("start")) begin("batch");
    else if (hit("rest")) begin("batch/rest");
    else if (hit("stop")) attempt($("#yn-batch-error"), () => ask("batch/stop", { method: "POST" }).then(follow));
  });
  const rechecked = rested(check, 500);
  for (const name of ["input", "change"]) {
    document.addEventListener(name, async event => {
      if (event.target.id === "yn-batch-file" && name === "change") {
        const [file] = event.target.files;
        event.target.value = "";
        if (!file) return;
        await attempt($("#yn-batch-told"), async () => {
          $("#yn-batch-text").value = await readFile(file);
          $("#yn-batch-name").textContent = file.name;
        });
        check();
      } else if (event.target.matches?.("#yn-batch-text, #yn-batch-language, #yn-batch-speed, #yn-batch-weight")) rechecked();
    });
  }
})();
