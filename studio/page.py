"""The frame of the page: its head, the tabs, its foot. Its words are marks for `studio.words.fill`."""

from typing import Final

import gradio as gr

from studio.handlers import Handlers
from studio.tabs import batch, clone, dub, history, system, voices
from studio.tabs.pieces import html
from tts.settings import Settings

#: In the order of the page; `static/tabs.js` shows one at a time.
TABS: Final = ("clone", "batch", "dub", "voices", "history", "system")

_HEADER: Final = """
<header class="yn-header">
  <div class="yn-brand"><img src="./studio/static/mark.svg" alt="" width="44" height="44">
    <div><h1>@[page.title]</h1><p>@[page.tagline]</p></div></div>
  <div class="yn-house">
    <span class="yn-chip" title="@[device.hint]">{device}</span>
    <span class="yn-chip" title="@[bundle.hint]">@[bundle.label] {bundle}</span>
    <div class="yn-languages" role="group" aria-label="@[page.language]">
      <button type="button" data-language="zh" lang="zh-CN">中文</button
      ><button type="button" data-language="en" lang="en">English</button
      ><button type="button" data-language="ja" lang="ja">日本語</button>
    </div>
  </div>
</header>
<div class="yn-tabs" role="tablist" aria-label="@[page.tabs]">{tabs}</div>
"""

_TAB: Final = (
    '<button type="button" role="tab" data-tab="{name}" id="yn-tab-{name}" aria-controls="yn-panel-{name}">'
    "@[tab.{name}]</button>"
)

# One dialog for every question, one for what is looked at closely.
_DIALOGS: Final = """
<dialog id="yn-ask" class="yn-card" aria-labelledby="yn-ask-title"><form method="dialog">
  <h2 id="yn-ask-title"></h2><p class="yn-hint"></p>
  <input type="text" id="yn-ask-text" maxlength="120" aria-labelledby="yn-ask-title">
  <div class="yn-ask-error" role="alert"></div>
  <div class="yn-ask-actions"><button type="button" class="yn-button" data-answer="no">@[ask.no]</button
    ><button type="submit" class="yn-button yn-primary">@[ask.yes]</button></div>
</form></dialog>
<dialog id="yn-sheet" class="yn-card" aria-label="@[result.title]">
  <button type="button" class="yn-button yn-small yn-close">@[ask.close]</button><div></div></dialog>
"""

_FOOTER: Final = """<footer class="yn-footer"><p>@[page.private]</p><p>@[page.keys]</p></footer>"""


def build(handlers: Handlers, settings: Settings, *, device: str, bundle: str) -> gr.Blocks:
    """The whole page; `device` and `bundle` are the lines in its head."""
    blocks: gr.Blocks
    with gr.Blocks(
        title="@[page.title]", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)
    ) as blocks:
        tabs = "".join(_TAB.format(name=name) for name in TABS)
        html(_HEADER.format(device=device, bundle=bundle, tabs=tabs))
        with _panel("clone"):
            clone.build(blocks, handlers, settings)
        with _panel("batch"):
            batch.build()
        with _panel("dub"):
            dub.build()
        with _panel("voices"):
            voices.build()
        with _panel("history"):
            history.build()
        with _panel("system"):
            system.build(settings)
        html(_DIALOGS)
        html(_FOOTER)
    return blocks


def _panel(name: str) -> gr.Column:
    return gr.Column(elem_id=f"yn-panel-{name}", elem_classes="yn-panel")
