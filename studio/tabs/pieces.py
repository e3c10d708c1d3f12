"""What all tabs are made of."""

from collections.abc import Sequence

import gradio as gr


def html(value: str = "", *, elem_id: str | None = None, js_on_load: str | None = None) -> gr.HTML:
    """Our own HTML, which needs none of the framework's style."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=js_on_load, apply_default_css=False)


def card(*, elem_id: str | None = None) -> gr.Column:
    """A column that looks like a sheet of paper."""
    return gr.Column(elem_classes="yn-card", elem_id=elem_id)


def languages(names: Sequence[str]) -> str:
    """The options of a list of languages to choose from."""
    return "".join(f'<option value="{name}">@[language.{name}]</option>' for name in names)
