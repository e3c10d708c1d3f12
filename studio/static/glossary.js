/* The browser's own glossary: listed, searched, written, let go, carried as a file; and a reading of the preview kept in it. */
(() => {
  "use strict";
  const { $, words, format, ask, tell, question, rested } = window.yinse;
  /* The entry that is being changed: its term and language. */
  let instead = null;
  let fromPreview = false;
  let ticket = 0;

  const state = said => tell($("#yn-terms-state"), said);

  async function load() {
    const mine = ++ticket;
    const search = $("#yn-terms-search").value.trim();
    try {
      const { html, total } = await ask(`glossary?${new URLSearchParams({ search })}`);
      if (mine !== ticket) return;
      $("#yn-terms-rows").innerHTML = html;
      $("#yn-terms-count").textContent = total || "";
      $("#yn-terms-none").hidden = total > 0;
      $("#yn-terms-export").setAttribute("aria-disabled", String(!total));
      if (total && !html) $("#yn-terms-rows").textContent = words.nothing_found;
    } catch (error) {
      if (!error?.problem) throw error;
      state(error);
    }
  }

  /* What is read otherwise now is shown so. */
  async function changed() {
    window.yinse.readAgain();
    window.yinse.changed();
    await load();
  }

  function write({ title, hint = "", term = "", reading = "", language = "" }) {
    const dialog = $("#yn-term");
    const form = $("form", dialog);
    $("h2", dialog).textContent = title;
    $(".yn-hint", dialog).textContent = hint;
    Object.assign(form.elements.term, { value: term });
    Object.assign(form.elements.reading, { value: reading });
    form.elements.language.value = language;
    tell($(".yn-ask-error", dialog), null);
    dialog.showModal();
    form.elements[term && !fromPreview ? "reading" : "term"].select();
  }

  async function keep(form) {
    const [term, reading, language] = ["term", "reading", "language"].map(name => form.elements[name].value);
    try {
      const kept = await ask("glossary", { method: "POST", json: { term, reading, language, instead } });
      $("#yn-term").close();
      const said = format(words.term_kept, kept);
      if (fromPreview) window.yinse.sayInPreview(said);
      else state(said);
      await changed();
    } catch (error) {
      if (!error?.problem) throw error;
      tell($(".yn-ask-error", form), error);
    }
  }

  async function takeIn(file) {
    try {
      const headers = { "x-file-name": encodeURIComponent(file.name) };
      const { html } = await ask("glossary/file", { method: "POST", body: file, headers });
      $("#yn-terms-state").innerHTML = html;
      await changed();
    } catch (error) {
      if (!error?.problem) throw error;
      state(error);
    }
  }

  const entryOf = button => {
    const { term, reading, in: language } = button.closest("tr").dataset;
    return { term, reading, language };
  };
  const actions = {
    add: () => {
      instead = null;
      fromPreview = false;
      write({ title: words.term_new });
    },
    edit: button => {
      const { term, reading, language } = entryOf(button);
      instead = { term, language };
      fromPreview = false;
      write({ title: words.term_edit, term, reading, language });
    },
    delete: button => {
      const { term, language } = entryOf(button);
      question({ title: format(words.term_delete, { term }), yes: words.delete }, async () => {
        await ask("glossary/delete", { method: "POST", json: { term, language } });
        state(null);
        await changed();
      });
    },
    leave: () => $("#yn-term").close(),
  };

  document.addEventListener("click", event => {
    const button = event.target.closest("[data-entry]");
    if (button) actions[button.dataset.entry](button);
    const everywhere = event.target.closest(".yn-everywhere");
    if (!everywhere) return;
    everywhere.closest("[popover]")?.hidePopover();
    const { term, reading } = everywhere.dataset;
    instead = null;
    fromPreview = true;
    write({ title: words.term_everywhere, hint: words.term_hint, term, reading, language: "zh" });
  });
  document.addEventListener("submit", event => {
    if (!event.target.closest("#yn-term")) return;
    event.preventDefault();
    keep(event.target);
  });
  const searched = rested(load);
  document.addEventListener("input", event => {
    if (event.target.id === "yn-terms-search") searched();
  });
  document.addEventListener("change", event => {
    if (event.target.id !== "yn-terms-import") return;
    const [file] = event.target.files;
    if (file) takeIn(file);
    event.target.value = "";
  });

  Object.assign(window.yinse, { openGlossary: load });
})();
