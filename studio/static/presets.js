/* Presets: the settings of the first tab, but for voice and text, under a name. */
(() => {
  "use strict";
  const { $, words, format, ask, tell, question } = window.yinse;
  let presets = [];
  const list = () => $("#yn-presets");
  const state = said => tell($("#yn-preset-state"), said);
  const current = () => presets.find(preset => preset.id === list().value);

  async function load(id = "") {
    try {
      ({ presets } = await ask("presets"));
    } catch (error) {
      return state(error);
    }
    const [first] = list().options;
    list().replaceChildren(first, ...presets.map(preset => new Option(preset.name, preset.id)));
    list().value = id;
    show();
  }

  function show() {
    const preset = current();
    $("[data-preset=delete]").disabled = !preset;
    const file = $("#yn-preset-file");
    file.setAttribute("aria-disabled", String(!preset));
    if (preset) file.href = `./studio/presets/${preset.id}/file`;
    else file.removeAttribute("href");
  }

  async function takeIn(file) {
    try {
      const headers = { "x-file-name": encodeURIComponent(file.name) };
      const { id, name } = await ask("presets/file", { method: "POST", body: file, headers });
      await load(id);
      window.yinse.use(current().settings);
      state(format(words.kept, { name }));
    } catch (error) {
      if (!error?.problem) throw error;
      state(error);
    }
  }

  const actions = {
    keep: () => question({ title: words.preset_name, text: current()?.name ?? "", yes: words.save }, async name => {
      const kept = await ask("presets", { method: "POST", json: { name, settings: window.yinse.settings() } });
      await load(kept.id);
      state(format(words.kept, { name: kept.name }));
    }),
    delete: () => {
      const { id, name } = current();
      question({ title: format(words.delete_preset, { name }), hint: words.delete_hint, yes: words.delete }, async () => {
        await ask(`presets/${id}`, { method: "DELETE" });
        await load();
        state(null);
      });
    },
  };

  document.addEventListener("click", event => {
    const button = event.target.closest("[data-preset]");
    if (button) actions[button.dataset.preset]();
  });
  document.addEventListener("change", event => {
    if (event.target.id === "yn-presets") {
      show();
      state(null);
      if (current()) window.yinse.use(current().settings);
    } else if (event.target.id === "yn-preset-import") {
      const [file] = event.target.files;
      if (file) takeIn(file);
      event.target.value = "";
    }
  });

  Object.assign(window.yinse, { openPresets: load });
})();
