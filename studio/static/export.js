/* What results become when they are taken along: the fields are those of this browser's last choice, wherever they stand. */
(() => {
  "use strict";
  const { $, words, ask, tell } = window.yinse;
  const FIELDS = ["ending", "rate", "bits", "loudness", "template"];

  const stateOf = form => $(".yn-export-state", form.parentElement);

  function choices(form) {
    const given = Object.fromEntries(FIELDS.map(name => [name, form.elements[name].value]));
    const number = value => (value === "" ? null : Number(value));
    return { ...given, rate: number(given.rate), bits: number(given.bits), loudness: number(given.loudness) };
  }

  /* What is compressed has no bits. */
  function settle(form) {
    form.elements.bits.disabled = ["mp3", "opus"].includes(form.elements.ending.value);
  }

  function show(form, chosen) {
    for (const name of FIELDS) form.elements[name].value = chosen[name] ?? "";
    settle(form);
  }

  /* True where the choices can be kept. */
  async function remember(form) {
    settle(form);
    try {
      // What is typed meanwhile stays.
      await ask("export", { method: "PUT", json: choices(form) });
      tell(stateOf(form), null);
      return true;
    } catch (error) {
      if (!error?.problem) throw error;
      tell(stateOf(form), error);
      return false;
    }
  }

  async function exportTake(form) {
    const address = `takes/${form.parentElement.dataset.export}/export`;
    const button = $("[type=submit]", form);
    button.disabled = true;
    try {
      if (!(await remember(form))) return;
      stateOf(form).innerHTML = (await ask(`${address}/told`)).html;
      const link = document.createElement("a");
      link.href = `./studio/${address}`;
      link.download = "";
      link.click();
    } catch (error) {
      if (!error?.problem) throw error;
      tell(stateOf(form), error);
    } finally {
      button.disabled = false;
    }
  }

  document.addEventListener("toggle", async event => {
    if (!event.target.matches?.(".yn-export") || !event.target.open) return;
    const form = $("form", event.target);
    // What would be typed before the answer would be lost.
    form.inert = true;
    try {
      show(form, await ask("export"));
      form.dataset.filled = "";
    } catch (error) {
      if (!error?.problem) throw error;
      tell(stateOf(form), error);
    } finally {
      form.inert = false;
    }
  }, true);
  document.addEventListener("change", async event => {
    const form = event.target.closest(".yn-export form");
    if (form && (await remember(form)) && !form.parentElement.dataset.export) tell(stateOf(form), words.remembered);
  });
  document.addEventListener("submit", event => {
    const form = event.target.closest(".yn-export form");
    if (!form) return;
    event.preventDefault();
    if (form.parentElement.dataset.export) exportTake(form);
  });
})();
