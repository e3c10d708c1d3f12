"""The tab that tells what the studio runs on: device, memory, queue, the model and its card."""

from importlib.metadata import version
from typing import Final

from markdown_it import MarkdownIt

from studio.tabs.pieces import card, html
from tts.cache import find_bundle
from tts.errors import BundleError
from tts.settings import Settings

_CARD: Final = "MODEL_CARD.md"

_STATE: Final = """
<h2>@[system.title]</h2>
<p class="yn-hint">@[system.hint]</p>
<div id="yn-system"></div>
"""

_MODEL: Final = """
<h2>@[system.model] {bundle}</h2>
<p class="yn-hint">@[system.verify_hint]</p>
<p><button type="button" class="yn-button" id="yn-verify">@[system.verify]</button></p>
<div id="yn-verified" role="status"></div>
<details class="yn-model-card"><summary>@[system.card]</summary><div class="yn-prose" lang="en">{card}</div></details>
"""

_ABOUT: Final = """
<h2>@[system.about]</h2>
<p class="yn-hint">@[system.licence]</p>
<p class="yn-hint">@[system.documents]</p>
<p class="yn-hint">Gradio {gradio} · PyTorch {torch}</p>
"""


def build(settings: Settings) -> None:
    """The tab; `static/system.js` keeps its facts fresh."""
    with card():
        html(_STATE)
    with card():
        bundle, written = _model(settings)
        html(_MODEL.format(bundle=bundle, card=written))
    with card():
        html(_ABOUT.format(gradio=version("gradio"), torch=version("torch")))


def _model(settings: Settings) -> tuple[str, str]:
    """The name of the bundle and its card as HTML, in which no other HTML is let through."""
    try:
        path = find_bundle(settings)
        text = (path / _CARD).read_text(encoding="utf-8")
    except (BundleError, OSError):
        return "", ""
    # What looks like one of the page's marks is none.
    return path.name, MarkdownIt("commonmark", {"html": False}).enable("table").render(text).replace("@[", "@&#91;")
