/* The history: searched, heard, starred, noted, used again, exported, deleted. */
(() => {
  "use strict";
  const { $, words, format, ask, tell, question, sheet, writeMoments, rested } = window.yinse;
  let before = null;
  let ticket = 0;

  const rows = () => $("#yn-history-rows");
  const picks = () => [...rows().querySelectorAll(".yn-pick input")];
  const chosen = () => picks().filter(pick => pick.checked).map(pick => pick.closest("[data-take]").dataset.take);
  const state = said => tell($("#yn-history-state"), said);

  async function load(more = false) {
    const mine = ++ticket;
    const search = $("#yn-history-search").value.trim();
    const starred = $("#yn-history-starred").checked;
    const asked = new URLSearchParams({ search, starred, ...(more && before !== null ? { before } : {}) });
    let told = null;
    try {
      told = await ask(`takes?${asked}`);
    } catch (error) {
      return state(error);
    }
    if (mine !== ticket) return;
    if (more) rows().insertAdjacentHTML("beforeend", told.html);
    else rows().innerHTML = told.html;
    before = told.before;
    $("#yn-history-more").hidden = before === null;
    $("#yn-history-none").hidden = rows().children.length > 0;
    $("#yn-history-none").textContent = search || starred ? words.nothing_found : words.history_empty;
    $("#yn-history-disk").innerHTML = told.disk;
    writeMoments(rows());
    count();
  }

  function count() {
    const number = chosen().length;
    const all = picks();
    $("#yn-history-all").checked = all.length > 0 && number === all.length;
    $("[data-history=delete]").disabled = !number;
    $("[data-history=compare]").disabled = number !== 2;
    $("[data-history=export]").disabled = !all.length;
    $("[data-history=export]").textContent = number ? words.export_chosen : words.export_all;
    $("#yn-history-chosen").textContent = number ? format(words.chosen_count, { count: number }) : "";
  }

  function remove(ids) {
    const title = format(words.delete_takes, { count: ids.length });
    question({ title, hint: words.delete_hint, yes: words.delete }, async () => {
      await ask("takes/delete", { method: "POST", json: { ids } });
      await load();
    });
  }

  /* A form and no fetch: the browser stores the file as it comes, however large. */
  function exportAs(ids) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = "./studio/takes/export";
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "ids";
    field.value = ids.join(" ");
    form.append(field);
    document.body.append(form);
    form.submit();
    form.remove();
  }

  async function again(id) {
    const { settings } = await ask(`takes/${id}`);
    const { source, ...fields } = settings;
    window.yinse.use(fields);
    window.yinse.showTab("clone");
    scrollTo({ top: 0 });
    if (source.kind === "clip") {
      if (source.clip !== window.yinse.clip()) await window.yinse.fetchReference(`./studio/clips/${source.clip}`, {});
    } else if (source.id !== window.yinse.source()?.id) await window.yinse.choose(source.kind, source.id);
  }

  const actions = {
    star: async (id, button) => {
      const starred = button.getAttribute("aria-pressed") !== "true";
      await ask(`takes/${id}`, { method: "PATCH", json: { starred } });
      button.setAttribute("aria-pressed", String(starred));
    },
    again,
    open: async id => sheet((await ask(`takes/${id}`)).html),
    delete: id => remove([id]),
  };

  document.addEventListener("yinse-tab", event => {
    if (event.detail === "history") load();
  });
  document.addEventListener("click", async event => {
    const button = event.target.closest("#yn-history [data-do]");
    try {
      if (button) await actions[button.dataset.do](button.closest("[data-take]").dataset.take, button);
      else if (event.target.closest("#yn-history-more")) await load(true);
      else if (event.target.closest("[data-history=compare]")) await window.yinse.compare(...chosen());
      else if (event.target.closest("[data-history=delete]")) remove(chosen());
      else if (event.target.closest("[data-history=export]")) exportAs(chosen());
    } catch (error) {
      if (!error?.problem) throw error;
      state(error);
    }
  });
  const searched = rested(() => load());
  document.addEventListener("input", event => {
    if (event.target.id === "yn-history-search") searched();
  });
  document.addEventListener("change", async event => {
    const { target } = event;
    if (target.id === "yn-history-starred") load();
    else if (target.id === "yn-history-all") {
      for (const pick of picks()) pick.checked = target.checked;
      count();
    } else if (target.closest(".yn-pick")) count();
    else if (target.matches(".yn-note-field")) {
      const id = target.closest("[data-take]").dataset.take;
      ask(`takes/${id}`, { method: "PATCH", json: { note: target.value } }).catch(state);
    }
  });
})();
