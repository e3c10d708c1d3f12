/* One tab at a time; its name stands in the address, so that it outlasts a reload and can be bookmarked. */
(() => {
  "use strict";
  const { $ } = window.yinse;
  const root = document.documentElement;
  const tabs = () => [...document.querySelectorAll("[role=tab][data-tab]")];
  const wanted = () => location.hash.slice(1);

  function show(name, { keep = true } = {}) {
    const all = tabs();
    if (!all.length) return;
    const open = all.some(tab => tab.dataset.tab === name) ? name : all[0].dataset.tab;
    root.dataset.tab = open;
    for (const tab of all) {
      const chosen = tab.dataset.tab === open;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      const panel = $(`#yn-panel-${tab.dataset.tab}`);
      panel?.setAttribute("role", "tabpanel");
      panel?.setAttribute("aria-labelledby", tab.id);
    }
    if (keep && wanted() !== open) history.replaceState(null, "", `#${open}`);
    document.dispatchEvent(new CustomEvent("yinse-tab", { detail: open }));
  }

  document.addEventListener("click", event => {
    const tab = event.target.closest("[role=tab][data-tab]");
    if (tab) show(tab.dataset.tab);
  });
  document.addEventListener("keydown", event => {
    const tab = event.target.closest?.("[role=tab][data-tab]");
    const all = tabs();
    const place = all.indexOf(tab);
    const next = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: -1 }[event.key];
    if (!tab || next === undefined) return;
    event.preventDefault();
    const chosen = all.at(next % all.length);
    chosen.focus();
    show(chosen.dataset.tab);
  });
  window.addEventListener("hashchange", () => show(wanted()));

  Object.assign(window.yinse, { showTab: show, openTabs: () => show(wanted(), { keep: Boolean(wanted()) }) });
})();
