/* The small panel of one line of a dub: moved, reworded, heard, said in another way, heard beside the original. */
(() => {
  "use strict";
  const { $, ask, tell, offerVoices, dub } = window.yinse;
  const WRITTEN = ".yn-line-panel :is(input[type=text], textarea)";
  let place = null;
  let playNext = false;
  let moving = false;
  let fitting = false;
  let pressed = false;
  let released = Promise.resolve();
  let letGo = () => {};
  let leave = null;

  const panel = () => $(".yn-line-panel");
  const row = () => $(`#yn-dub-rows > [data-row="${place}"]`);
  const isWritten = field => Boolean(field?.matches?.(WRITTEN) && field.value !== field.defaultValue);

  function close() {
    place = null;
    playNext = false;
    moving = true;
    panel()?.remove();
    moving = false;
    mark();
  }

  /* Rows that were drawn anew know nothing of the panel that stands under one of them. */
  function mark() {
    const mine = row();
    if (place !== null && !mine) return close();
    for (const line of document.querySelectorAll("#yn-dub-rows > [data-row]")) {
      const open = line === mine;
      line.classList.toggle("yn-open", open);
      $(".yn-line-open", line).setAttribute("aria-expanded", String(open));
    }
    if (mine && panel() && mine.nextElementSibling !== panel()) mine.after(panel());
  }

  /* How to find again what has the focus. */
  function placeOf({ id, name, dataset: { nudge, lineDo } }) {
    if (id) return `#${id}`;
    if (nudge) return `[data-nudge="${nudge}"]`;
    if (lineDo) return `[data-line-do="${lineDo}"]`;
    return name ? `[name="${name}"]:checked` : null;
  }

  /* The panel of a line as the studio has it now; what holds the focus keeps it, and what is just being written stays. */
  async function put(html, of) {
    await released;
    if (of !== place || !row()) return;
    const old = panel();
    const focused = old?.contains(document.activeElement) ? document.activeElement : null;
    const written = isWritten(focused) ? focused.value : null;
    const again = focused && placeOf(focused);
    moving = true;
    old?.remove();
    row().insertAdjacentHTML("afterend", html);
    mark();
    if (again) $(again, panel())?.focus();
    if (written !== null && $(again, panel())) $(again, panel()).value = written;
    moving = false;
    await offerVoices(panel());
    busy();
  }

  function busy() {
    for (const button of panel()?.querySelectorAll("[data-line-do]") ?? []) button.disabled = dub.isGoing();
  }

  /* Asks for a line that may no longer be the open one when it is its turn; what went wrong is told where it can be seen. */
  async function inTurn(act) {
    const of = place;
    tell($("#yn-line-error") ?? $("#yn-dub-error"), null);
    try {
      await dub.inTurn(() => act(`dub/line/${of}`, of));
    } catch (error) {
      if (!error?.problem) throw error;
      tell((of === place && $("#yn-line-error")) || $("#yn-dub-error"), error);
    }
  }

  /* How long the line is by itself, where that is not known, or no longer: with another voice or speed for all. */
  async function fit() {
    if (fitting || dub.isGoing() || row()?.dataset.state !== "") return;
    fitting = true;
    const now = place;
    let told = null;
    try {
      told = await ask(`dub/line/${now}/fit`, { method: "POST" });
      await released;
    } catch (error) {
      if (!error?.problem) throw error;
      if (now === place && panel()) tell($("#yn-line-error"), error);
    } finally {
      fitting = false;
    }
    if (told) dub.show(told);
    // The line may have been changed since, or another one be open.
    if (told || now !== place) fit();
  }

  async function open(next) {
    close();
    place = next;
    await inTurn(async (address, of) => put((await ask(address)).panel, of));
    fit();
  }

  const change = (asked, field = null) => inTurn(async (address, of) => {
    try {
      const told = await ask(address, { method: "POST", json: asked });
      await released;
      dub.show(told);
      if (field?.isConnected) field.defaultValue = field.value;
      await put(told.panel, of);
    } catch (error) {
      // A time that was refused is not left standing as if it held.
      if (field?.matches("input")) field.value = field.defaultValue;
      throw error;
    }
  });

  const hear = asked => inTurn(async (address, of) => {
    const told = await ask(`${address}/hear`, { method: "POST", json: asked });
    playNext = of === place;
    dub.show(told);
    await put(told.panel, of);
    play();
  });

  /* What was asked to be heard, as soon as it is there. */
  function play() {
    const button = $(".yn-line-fields > .yn-player .yn-play");
    if (!playNext || !button) return;
    playNext = false;
    button.click();
    // What was pressed for it could not be pressed meanwhile, or is gone.
    if (document.activeElement === document.body) button.focus();
  }

  // A button that is drawn anew, or moves, while it is pressed is never clicked: nothing is sent or drawn meanwhile.
  document.addEventListener("pointerdown", () => {
    // A second finger, or a press whose end was never told: whoever waits, waits for the next end.
    if (pressed) return;
    pressed = true;
    released = new Promise(resolve => { letGo = resolve; });
  }, true);
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => {
      pressed = false;
      leave?.();
      leave = null;
      setTimeout(letGo);
    }, true);
  }
  document.addEventListener("yinse-dub", async ({ detail }) => {
    mark();
    busy();
    fit();
    if (place === null || !(detail.ended || detail.read)) return;
    await inTurn(async (address, of) => put((await ask(address)).panel, of));
    play();
  });
  document.addEventListener("click", event => {
    const hit = selector => event.target.closest(selector);
    const line = hit("#yn-dub-rows > [data-row]");
    if (line) {
      const wanted = Number(line.dataset.row);
      if (wanted === place) close();
      else open(wanted);
    } else if (hit("[data-nudge]")) change({ nudge: hit("[data-nudge]").dataset.nudge });
    else if (hit("[data-line-do]")) hear({ again: hit("[data-line-do]").dataset.lineDo === "again" });
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.closest?.(".yn-line-panel") || target.matches(WRITTEN)) return;
    if (target.name === "yn-line-take") change({ take: Number(target.value) });
    else if (target.id === "yn-line-strength") change({ strength: target.value });
    else change({ [target.id.replace("yn-line-", "")]: target.value });
  });
  // A field that was drawn anew while it was written in never tells of a change.
  document.addEventListener("focusout", ({ target }) => {
    if (moving || !isWritten(target)) return;
    const send = () => change({ [target.id.replace("yn-line-", "")]: target.value }, target);
    if (pressed) leave = send;
    else send();
  });
  document.addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229 || event.key !== "Enter") return;
    if (event.target.matches?.("#yn-line-start, #yn-line-end")) event.target.blur();
  });
})();
