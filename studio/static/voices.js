/* The library of voices, and the row of them beside the reference. */
(() => {
  "use strict";
  const { $, words, format, ask, tell, question, writeMoments, rested } = window.yinse;
  const state = said => tell($("#yn-voices-state"), said);

  let ticket = 0;
  let offered = "";

  async function load() {
    const mine = ++ticket;
    const search = $("#yn-voices-search").value.trim();
    try {
      const told = await ask(`voices?${new URLSearchParams({ search })}`);
      if (mine !== ticket) return;
      $("#yn-voices-rows").innerHTML = told.html;
      $("#yn-voices-disk").innerHTML = told.html ? told.disk : "";
      $("#yn-voices-none").hidden = Boolean(told.html);
      $("#yn-voices-none").textContent = search ? words.nothing_found : words.voices_empty;
      writeMoments($("#yn-voices-rows"));
      const names = JSON.stringify(told.names);
      if (names === offered) return;
      offered = names;
      offer(told.names);
      // A dialog that waits for the rows need not wait for this as well.
      compare(told.names.length).catch(state);
    } catch (error) {
      if (!error?.problem) throw error;
      state(error);
    }
  }

  /* The saved voices beside the examples, to clone with at one press. */
  function offer(names) {
    const row = $("#yn-library-row");
    row.hidden = !names.length;
    $(".yn-example-row", row).replaceChildren(...names.map(({ id, name }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "yn-example";
      button.dataset.chosenVoice = id;
      button.append(Object.assign(document.createElement("b"), { textContent: name }));
      return button;
    }));
    window.yinse.markSource();
  }

  async function compare(count) {
    $("#yn-likeness-card").hidden = count < 2;
    $("#yn-likeness").innerHTML = count < 2 ? "" : (await ask("voices/likeness")).html;
  }

  /* What can be kept now: the reference of the first tab. */
  function showClip() {
    const source = window.yinse.source();
    $("#yn-keep-clip").textContent = source ? format(words.keep_clip, { name: source.name }) : words.keep_none;
    $("#yn-keep [type=submit]").disabled = !source;
  }

  async function keep(form) {
    const values = new FormData(form);
    const button = $("[type=submit]", form);
    button.disabled = true;
    form.setAttribute("aria-busy", "true");
    tell($("#yn-keep-state"), words.listening);
    try {
      const { name } = await ask("voices", { method: "POST", json: {
        clip: window.yinse.clip(), name: values.get("name"), whose: values.get("whose"), may: values.get("may") === "on",
        tags: values.get("tags").split(/[,，、]/),
      } });
      form.reset();
      tell($("#yn-keep-state"), format(words.kept, { name }));
      await load();
    } catch (error) {
      if (!error?.problem) throw error;
      tell($("#yn-keep-state"), error);
    } finally {
      form.removeAttribute("aria-busy");
      button.disabled = false;
    }
  }

  async function takeIn(file) {
    try {
      const headers = { "x-file-name": encodeURIComponent(file.name) };
      const { name } = await ask("voices/file", { method: "POST", body: file, headers });
      state(format(words.kept, { name }));
      await load();
    } catch (error) {
      if (!error?.problem) throw error;
      state(error);
    }
  }

  const change = (id, json) => ask(`voices/${id}`, { method: "PATCH", json }).then(load);
  const actions = {
    use: async ({ voice }) => {
      window.yinse.showTab("clone");
      scrollTo({ top: 0 });
      await window.yinse.choose("voice", voice);
    },
    rename: ({ voice, name }) => question({ title: words.rename, text: name, yes: words.save }, given => change(voice, { name: given })),
    tag: ({ voice, tags }) => question({ title: words.tags, hint: words.tags_hint, text: tags, yes: words.save },
      given => change(voice, { tags: given.split(/[,，、]/) })),
    delete: ({ voice, name }) => question({ title: format(words.delete_voice, { name }), hint: words.delete_hint, yes: words.delete },
      () => ask(`voices/${voice}`, { method: "DELETE" }).then(load)),
  };

  document.addEventListener("yinse-tab", event => {
    if (event.detail !== "voices") return;
    showClip();
    load();
  });
  document.addEventListener("click", event => {
    const button = event.target.closest("#yn-voices [data-do]");
    if (button) actions[button.dataset.do](button.closest("[data-voice]").dataset);
    else if (event.target.closest("#yn-clip-keep")) {
      window.yinse.showTab("voices");
      const field = $("#yn-keep [name=name]");
      field.value ||= window.yinse.source().name.split(" + ")[0].replace(/\.\w+$/, "");
      field.scrollIntoView({ block: "center" });
      field.select();
    }
  });
  document.addEventListener("submit", event => {
    if (event.target.id !== "yn-keep") return;
    event.preventDefault();
    keep(event.target);
  });
  const searched = rested(load);
  document.addEventListener("input", event => {
    if (event.target.id === "yn-voices-search") searched();
  });
  document.addEventListener("change", event => {
    if (event.target.id !== "yn-voices-import") return;
    const [file] = event.target.files;
    if (file) takeIn(file);
    event.target.value = "";
  });

  Object.assign(window.yinse, { openVoices: load });
})();
