/* What all tabs do alike: ask the studio, ask the person, say what went wrong, write moments as the reader does. */
(() => {
  "use strict";
  const { $, words } = window.yinse;

  /* The JSON of an answer; an object with `problem` and `advice` is thrown where there is none. */
  async function ask(address, { method = "GET", json, body, headers = {} } = {}) {
    const options = { method, headers: { ...headers }, body };
    if (json !== undefined) {
      options.headers["content-type"] = "application/json";
      options.body = JSON.stringify(json);
    }
    let answer = null;
    let told = null;
    try {
      answer = await fetch(`./studio/${address}`, options);
      told = answer.status === 204 ? {} : await answer.json();
    } catch {
      throw { problem: words.unreachable, advice: words.unreachable_advice };
    }
    if (!answer.ok) throw told.problem ? told : { problem: words.unreachable, advice: words.unreachable_advice };
    return told;
  }

  /* An error, or a plain note, in the place where it belongs. */
  function tell(place, said) {
    place.replaceChildren();
    if (!said) return;
    const box = document.createElement("div");
    box.className = said.problem ? "yn-error" : "yn-verdict yn-good";
    if (said.problem) box.setAttribute("role", "alert");
    for (const [tag, text] of said.problem ? [["strong", said.problem], ["span", said.advice]] : [["span", said]]) {
      const part = document.createElement(tag);
      part.textContent = text;
      box.append(part, " ");
    }
    place.append(box);
  }

  let asked = 0;

  /* Ask a person: yes or no, or for a line of text. `act` gets the text; the dialog stays open while that fails. */
  function question({ title, hint = "", text, yes = words.yes }, act) {
    const dialog = $("#yn-ask");
    const field = $("#yn-ask-text");
    const state = $(".yn-ask-error", dialog);
    const button = $("[type=submit]", dialog);
    const mine = ++asked;
    $("h2", dialog).textContent = title;
    $(".yn-hint", dialog).textContent = hint;
    button.textContent = yes;
    button.disabled = false;
    field.hidden = text === undefined;
    field.value = text ?? "";
    tell(state, null);
    $("form", dialog).onsubmit = async event => {
      event.preventDefault();
      // Without it, Enter does nothing either.
      button.disabled = true;
      try {
        await act(field.value);
        if (mine === asked) dialog.close();
      } catch (error) {
        if (!error?.problem) throw error;
        if (mine === asked) tell(state, error);
      } finally {
        if (mine === asked) button.disabled = false;
      }
    };
    dialog.showModal();
    if (text !== undefined) field.select();
  }

  function sheet(html) {
    const dialog = $("#yn-sheet");
    $("div", dialog).innerHTML = html;
    dialog.showModal();
  }

  function writeMoments(place) {
    const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    for (const moment of place.querySelectorAll("time[datetime]")) moment.textContent = form.format(new Date(moment.dateTime));
  }

  /* Calls once, when no further call came for a while. */
  function rested(act, wait = 250) {
    let timer = 0;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => act(...given), wait);
    };
  }

  const inDialog = (event, selector) => event.target.closest(selector);
  document.addEventListener("click", event => {
    if (inDialog(event, "[data-answer]")) $("#yn-ask").close();
    else if (inDialog(event, ".yn-close")) $("#yn-sheet").close();
    // One menu at a time, and none after its choice.
    for (const menu of document.querySelectorAll(".yn-menu[open]")) {
      if (!menu.contains(event.target) || event.target.closest(".yn-menu-list a")) menu.open = false;
    }
  });
  document.addEventListener("keydown", event => {
    const menu = event.key === "Escape" && $(".yn-menu[open]");
    if (!menu) return;
    menu.open = false;
    $("summary", menu).focus();
  });
  document.addEventListener("close", event => {
    if (event.target.id === "yn-sheet") {
      window.yinse.stopPlayers();
      $("div", event.target).replaceChildren();
    }
  }, true);

  Object.assign(window.yinse, { ask, tell, question, sheet, writeMoments, rested });
})();
