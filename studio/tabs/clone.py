"""The tab that clones: a voice, a text, a feeling, a pace, and what comes of them."""

from typing import Final

import gradio as gr

from studio import manner
from studio.examples import example_row, read_examples
from studio.feeling import SOURCES
from studio.handlers import Handlers
from studio.tabs import glossary as glossary_panel
from studio.tabs.pieces import card, html
from studio.wishes import MOST_TAKES
from tts.emotion import EMOTIONS
from tts.settings import Settings
from tts.speech import LIVELY, RANGES

LANGUAGES: Final = ("auto", "zh", "en", "ja", "ko")
#: Where the slider of the longest segment ends, in syllables: nobody speaks on for longer without a breath.
_LONGEST: Final = 120

# Values that live in the page's own script go in before the call; see `static/studio.js`.
_COLLECT: Final = (
    "(clip, emotion, takes, ...fields) =>"
    " [window.yinse.clip(), window.yinse.emotion(), window.yinse.takes(), ...fields]"
)
_PREVIEW: Final = "(...fields) => window.yinse.preview(...fields)"
_RESTORE_DRAFT: Final = "(...fields) => window.yinse.restoreDraft(fields)"
_ADVANCE: Final = "(...fields) => window.yinse.advance(...fields)"
_APPLY: Final = "(...fields) => window.yinse.applied(fields)"

_REFERENCE: Final = """
<h2><span class="yn-step" aria-hidden="true">1</span>@[reference.title]</h2>
<p class="yn-hint">@[reference.hint]</p>
<div class="yn-drop" data-limit="{limit}" data-seconds="{seconds:g}">
  <div class="yn-drop-actions">
    <label class="yn-button yn-file"><input type="file" id="yn-file" multiple accept="audio/*,.m4a,.webm,.opus"
      aria-describedby="yn-drop-note">@[reference.choose]</label>
    <button type="button" class="yn-button" id="yn-record"><i class="yn-dot"></i>
      <span>@[reference.record]</span></button>
  </div>
  <p id="yn-drop-note">@[reference.drop]</p>
</div>
{examples}
<section class="yn-library-row" id="yn-library-row" aria-label="@[library.title]" hidden>
  <h3>@[library.title]</h3><div class="yn-example-row"></div></section>
<div id="yn-reference-state" role="status"></div>
<p class="yn-consent">@[consent.note]</p>
"""

_PREVIEW_CARD: Final = """
<details class="yn-preview" id="yn-preview" open>
  <summary><span>@[preview.title]</span><span class="yn-preview-facts" id="yn-preview-facts"></span></summary>
  <div id="yn-said" class="yn-said" role="region" aria-label="@[preview.title]" tabindex="0">
    <p class="yn-hint">@[preview.empty]</p></div>
  <p class="yn-told" role="status"></p>
</details>
"""

_EMOTION_ROW: Final = """
<div class="yn-emotion" style="--hue: var(--yn-{name})">
  <label for="yn-emotion-{name}">@[emotion.{name}]</label>
  <input type="range" id="yn-emotion-{name}" data-emotion="{name}" min="0" max="1" step="0.05" value="0">
  <output for="yn-emotion-{name}">0</output>
</div>"""

_EMOTIONS: Final = """
<h2><span class="yn-step" aria-hidden="true">3</span>@[emotion.title]</h2>
<p class="yn-hint">@[emotion.hint]</p>
<div class="yn-sources" role="radiogroup" aria-label="@[feeling.label]">{sources}</div>
<p class="yn-hint" data-source="own">@[feeling.own_hint]</p>
<p class="yn-hint" data-source="sliders" hidden>@[feeling.sliders_hint]</p>
<div class="yn-source" data-source="words" hidden>
  <p class="yn-hint" id="yn-emotion-words-hint">@[feeling.words_hint]</p>
  <input type="text" id="yn-emotion-words" maxlength="200" autocomplete="off" placeholder="@[feeling.words_example]"
    aria-label="@[feeling.words]" aria-describedby="yn-emotion-words-hint">
</div>
<div class="yn-source" data-source="clip" hidden>
  <p class="yn-hint" id="yn-emotion-clip-hint">@[feeling.clip_hint]</p>
  <label class="yn-button yn-file"><input type="file" id="yn-emotion-file" accept="audio/*,.m4a,.webm,.opus"
    aria-describedby="yn-emotion-clip-hint">@[feeling.choose]</label>
</div>
<p class="yn-hint" data-source="random" hidden>@[feeling.random_hint]</p>
<div id="yn-emotion-state" role="status"></div>
<div class="yn-emotions">
  <div class="yn-emotion-rows">{rows}</div>
  <div class="yn-radar"><svg viewBox="-148 -108 296 216" role="img" aria-label="@[emotion.radar]"></svg>
    <button type="button" class="yn-button yn-small" id="yn-emotion-reset">@[emotion.reset]</button></div>
</div>
"""

_SOURCE: Final = """<label class="yn-source-pill"><input type="radio" name="yn-source" value="{name}"{checked}
  ><span>@[feeling.{name}]</span></label>"""

_HEADING: Final = """<h2><span class="yn-step" aria-hidden="true">{step}</span>@[{key}.title]</h2>
<p class="yn-hint">@[{key}.hint]</p>"""

_MARKS: Final = """
<div class="yn-marks" role="group" aria-label="@[marks.label]">
  <details class="yn-menu"><summary class="yn-button yn-small" title="@[marks.hint]">@[marks.feeling]</summary>
    <div class="yn-menu-list">{feelings}</div></details>
  <button type="button" class="yn-button yn-small" data-mark="[[speed 1.2]]" data-wraps>@[marks.faster]</button>
  <button type="button" class="yn-button yn-small" data-mark="[[speed 0.8]]" data-wraps>@[marks.slower]</button>
  <button type="button" class="yn-button yn-small" data-mark="[[0.6s]]">@[marks.pause]</button>
  <button type="button" class="yn-button yn-small" data-mark="[[/]]">@[marks.end]</button>
</div>
<p class="yn-hint">@[marks.hint]</p>
"""

# In the language of the page; a test sees to it that these are marks.
_MARK: Final = (
    '<button type="button" class="yn-button yn-small" data-mark="[[@[emotion.{name}] 0.8]]" data-wraps>'
    "@[emotion.{name}]</button>"
)

_LIVE: Final = """
<div class="yn-live">
  <div class="yn-live-row">
    <label class="yn-check" title="@[live.hint]"><input type="checkbox" id="yn-live-wanted" checked
      aria-describedby="yn-live-hint">@[live.label]</label>
    <label class="yn-takes-wanted" title="@[takes.wanted]">@[takes.label]<select id="yn-takes"
      aria-label="@[takes.wanted]">{takes}</select></label></div>
  <span class="yn-visually-hidden" id="yn-live-hint">@[live.hint]</span>
  <p id="yn-live-now" role="status" hidden><i></i><span>@[live.now]</span>
    <button type="button" class="yn-button yn-small" id="yn-live-stop">@[live.stop]</button></p>
</div>
"""

_PRESETS: Final = """
<h2>@[presets.title]</h2>
<p class="yn-hint">@[presets.hint]</p>
<div class="yn-presets">
  <select id="yn-presets" aria-label="@[presets.choose]"><option value="">@[presets.choose]</option></select>
  <button type="button" class="yn-button" data-preset="keep">@[presets.keep]</button>
  <button type="button" class="yn-button" data-preset="delete" disabled>@[presets.delete]</button>
  <a class="yn-button" id="yn-preset-file" aria-disabled="true" download>@[presets.export]</a>
  <label class="yn-button yn-file"><input type="file" id="yn-preset-import" accept=".json">@[presets.import]</label>
</div>
<div id="yn-preset-state" role="status"></div>
"""


def build(blocks: gr.Blocks, handlers: Handlers, settings: Settings) -> None:
    """The tab and all its events, those of the page's loading among them."""
    clip = gr.Textbox(visible=False)
    emotion = gr.JSON(visible=False)
    takes = gr.JSON(visible=False)
    with gr.Row(equal_height=False, elem_classes="yn-columns"):
        with gr.Column(scale=11, min_width=340):
            with card(elem_id="yn-reference"):
                limits = {"limit": settings.max_upload_bytes, "seconds": settings.max_reference_seconds}
                html(_REFERENCE.format(**limits, examples=example_row(read_examples())))
            with card():
                html(_HEADING.format(step=2, key="text"))
                html(_MARKS.format(feelings="".join(_MARK.format(name=name) for name in EMOTIONS)))
                text = gr.Textbox(
                    label="@[text.label]", placeholder="@[text.placeholder]", lines=5, max_lines=16,
                    elem_id="yn-text", container=False, autofocus=False,
                )  # fmt: skip
                language = gr.Radio(
                    [(f"@[language.{name}]", name) for name in LANGUAGES], value="auto",
                    label="@[language.label]", elem_id="yn-language", elem_classes="yn-pills",
                )  # fmt: skip
                html(_PREVIEW_CARD)
                glossary_panel.build()
                longest, emoji, glossary = _reading_settings(settings)
            with card():
                rows = "".join(_EMOTION_ROW.format(name=name) for name in EMOTIONS)
                pills = "".join(
                    _SOURCE.format(name=name, checked=" checked" if name == SOURCES[0] else "") for name in SOURCES
                )
                html(_EMOTIONS.format(rows=rows, sources=pills), elem_id="yn-emotions")
                weight = gr.Slider(
                    0, 1, 1, step=0.05, label="@[emotion-weight.label]", info="@[weight.hint]", elem_id="yn-weight"
                )
            with card():
                html(_HEADING.format(step=4, key="pace"))
                speed = gr.Slider(
                    0.5, 2, 1, step=0.05, label="@[speed.label]", info="@[speed.hint]", elem_id="yn-speed"
                )
                with gr.Row(elem_classes="yn-pair"):
                    duration = gr.Number(
                        None, label="@[duration.label]", info="@[duration.hint]", elem_id="yn-duration",
                        min_width=150, placeholder="@[duration.empty]",
                    )  # fmt: skip
                    seed = gr.Number(
                        None, label="@[seed.label]", info="@[seed.hint]", precision=0, elem_id="yn-seed",
                        min_width=150, placeholder="@[seed.empty]",
                    )  # fmt: skip
                html('<p class="yn-hint" id="yn-range" role="status">@[js.range_empty]</p>')
                pauses, variation = _advanced_settings()
            with card():
                html(_PRESETS)
        with gr.Column(scale=10, min_width=340, elem_classes="yn-side"), card(elem_id="yn-stage"):
            with gr.Row(elem_classes="yn-go"):
                # The first answer of the server opens it: by then the page listens, and no click is lost.
                generate = gr.Button(
                    "@[generate.button]", variant="primary", size="lg", elem_id="yn-generate", scale=3,
                    interactive=False,
                )  # fmt: skip
                cancel = gr.Button(
                    "@[cancel.button]", size="lg", elem_id="yn-cancel", interactive=False, scale=1, min_width=96
                )
            error = html(elem_id="yn-error")
            progress = html(elem_id="yn-progress")
            html(_LIVE.format(takes="".join(f"<option>{number}</option>" for number in range(1, MOST_TAKES + 1))))
            result = html('<div class="yn-empty"><p>@[result.empty]</p></div>', elem_id="yn-result")

    reading = [longest, emoji, glossary]
    fields = [text, language, weight, speed, duration, seed, *reading, pauses, variation]
    stage = [generate, cancel, progress, error, result]
    generate.click(
        handlers.generate, [clip, emotion, takes, *fields], stage, js=_COLLECT, preprocess=False,
        show_progress="hidden", concurrency_limit=None, trigger_mode="once", api_visibility="private",
    )  # fmt: skip
    cancel.click(handlers.cancel, None, None, queue=False, show_progress="hidden", api_visibility="private")
    # Which segment is to be said anew, the page's script knows.
    wanted = gr.JSON(visible=False)
    again = gr.Button(visible="hidden", elem_id="yn-again")
    again.click(
        handlers.remake, wanted, stage, js="() => [window.yinse.wanted()]", preprocess=False, show_progress="hidden",
        concurrency_limit=None, trigger_mode="once", api_visibility="private",
    )  # fmt: skip
    # Settings of the history or of a preset come in through here, from the page's own script.
    apply = gr.Button(visible="hidden", elem_id="yn-apply")
    apply.click(None, fields, fields, js=_APPLY, queue=False, show_progress="hidden")
    changes = [text.change, language.change, longest.change, emoji.change, glossary.change]
    gr.on(changes, None, [text, language, *reading], None, js=_PREVIEW, queue=False, show_progress="hidden")
    advanced = [pauses, variation]
    gr.on([field.change for field in advanced], None, advanced, None, js=_ADVANCE, queue=False, show_progress="hidden")
    blocks.load(None, fields, fields, js=_RESTORE_DRAFT)
    blocks.load(handlers.resume, None, stage, show_progress="hidden", concurrency_limit=None, api_visibility="private")


def _advanced_settings() -> tuple[gr.Slider, gr.Slider]:
    """How long the pauses are, and how much chance does."""
    with gr.Accordion("@[advanced.title]", open=False, elem_id="yn-advanced"):
        pauses = gr.Slider(
            *RANGES["--pause-scale"], 1, step=0.05, label="@[pause-scale.label]", info="@[pauses.hint]",
            elem_id="yn-pauses",
        )  # fmt: skip
        variation = gr.Slider(
            *RANGES["--variation"], LIVELY, step=0.05, label="@[variation.label]", info="@[variation.hint]",
            elem_id="yn-variation",
        )  # fmt: skip
    return pauses, variation


def _reading_settings(settings: Settings) -> tuple[gr.Slider, gr.Radio, gr.Textbox]:
    """The longest segment, what becomes of emoji, and the glossary."""
    with gr.Accordion("@[reading.title]", open=False, elem_id="yn-reading"):
        longest = gr.Slider(
            RANGES["--longest"][0], max(_LONGEST, settings.longest_segment), settings.longest_segment, step=1,
            label="@[longest.label]", info="@[longest.hint]", elem_id="yn-longest",
        )  # fmt: skip
        emoji = gr.Radio(
            [(f"@[emoji.{name}]", name) for name in manner.EMOJI], value=settings.emoji, label="@[emoji.label]",
            elem_id="yn-emoji", elem_classes="yn-pills",
        )  # fmt: skip
        glossary = gr.Textbox(
            label="@[glossary.label]", info="@[glossary.hint]", placeholder="@[glossary.placeholder]", lines=3,
            max_lines=10, elem_id="yn-glossary",
        )  # fmt: skip
        html('<div id="yn-glossary-problem"></div>')
    return longest, emoji, glossary
