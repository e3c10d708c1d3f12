/* The small panel of one line of a dub: moved, reworded, heard, said in another way, heard beside the original. */
(() => {
  "use strict";
  const { $, ask, attempt, tell, offerVoices, dub } = window.yinse;
  let place = null;
  let playNext = false;
  let asking = 0;

  const panel = () => $(".yn-line-panel");
  const address = more => `dub/line/${place}${more ?? ""}`;

  function close() {
    place = null;
    playNext = false;
    panel()?.remove();
    mark();
  }

  /* Rows that were drawn anew know nothing of the panel that stands under one of them. */
  function mark() {
    for (const row of document.querySelectorAll("#yn-dub-rows > [data-row]")) {
      const open = Number(row.dataset.row) === place;
      row.classList.toggle("yn-open", open);
      $(".yn-line-open", row)?.setAttribute("aria-expanded", String(open));
      if (open && panel() && row.nextElementSibling !== panel()) row.after(panel());
    }
  }

  /* The panel as the studio has it now; what holds the focus keeps it, and what is just being written stays. */
  async function put(html) {
    const row = $(`#yn-dub-rows > [data-row="${place}"]`);
    if (!row) return close();
    const old = panel();
    const focused = old?.contains(document.activeElement) ? document.activeElement : null;
    const written = focused?.matches("input[type=text], textarea") && focused.value !== focused.defaultValue ? focused.value : null;
    const again = focused?.id ? `#${focused.id}` : focused?.dataset.nudge ? `[data-nudge="${focused.dataset.nudge}"]` : null;
    old?.remove();
    row.insertAdjacentHTML("afterend", html);
    mark();
    if (again) $(again, panel())?.focus();
    if (written !== null) $(again, panel()).value = written;
    await offerVoices(panel());
    busy();
  }

  function busy() {
    for (const button of panel()?.querySelectorAll("[data-line-do]") ?? []) button.disabled = dub.isGoing();
  }

  /* How long the line is by itself takes a look of the worker. */
  async function fit() {
    const mine = ++asking;
    const place_ = place;
    try {
      const told = await ask(address("/fit"), { method: "POST" });
      if (mine !== asking || place_ !== place) return;
      dub.show(told);
    } catch (error) {
      if (mine === asking && place_ === place && error?.problem && error.code !== "internal_cancelled") tell($("#yn-line-error"), error);
    }
  }

  async function open(next) {
    close();
    place = next;
    await attempt($("#yn-dub-error"), async () => {
      await dub.flush();
      await put((await ask(address())).panel);
    });
    fit();
  }

  const change = (asked, field = null) => attempt($("#yn-line-error"), async () => {
    try {
      await dub.flush();
      const told = await ask(address(), { method: "POST", json: asked });
      dub.show(told);
      if (field) field.defaultValue = field.value;
      await put(told.panel);
    } catch (error) {
      // A time that was refused is not left standing as if it held.
      if (field?.matches("input[type=text]")) field.value = field.defaultValue;
      throw error;
    }
    fit();
  });

  const hear = asked => attempt($("#yn-line-error"), async () => {
    await dub.flush();
    const told = await ask(address("/hear"), { method: "POST", json: asked });
    playNext = true;
    dub.show(told);
    await put(told.panel);
    play();
  });

  /* What was asked to be heard, as soon as it is there. */
  function play() {
    const button = $(":scope > .yn-player .yn-play", panel() ?? document.body);
    if (!playNext || !button) return;
    playNext = false;
    button.click();
  }

  document.addEventListener("yinse-dub", async ({ detail }) => {
    mark();
    busy();
    if (!detail.ended || place === null) return;
    await attempt($("#yn-line-error") ?? $("#yn-dub-error"), async () => put((await ask(address())).panel));
    play();
  });
  document.addEventListener("click", event => {
    const hit = selector => event.target.closest(selector);
    const row = hit("#yn-dub-rows > [data-row]");
    if (row && !hit("a, audio")) {
      const wanted = Number(row.dataset.row);
      if (wanted === place) close();
      else open(wanted);
    } else if (hit("[data-nudge]")) change({ nudge: hit("[data-nudge]").dataset.nudge });
    else if (hit("[data-line-do]")) hear({ again: hit("[data-line-do]").dataset.lineDo === "again" });
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.closest?.(".yn-line-panel")) return;
    if (target.name === "yn-line-take") change({ take: Number(target.value) });
    else if (target.id === "yn-line-strength") change({ strength: target.value });
    else change({ [target.id.replace("yn-line-", "")]: target.value }, target.matches("input, textarea") ? target : null);
  });
  document.addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229 || event.key !== "Enter") return;
    if (event.target.matches?.("#yn-line-start, #yn-line-end")) event.target.blur();
  });
})();
