"""The layout of the page. It is built once; its words are marks that `studio.words.fill` replaces when it is sent."""

from typing import Final

import gradio as gr

from studio import manner
from studio.examples import example_row, read_examples
from studio.handlers import Handlers
from tts.emotion import EMOTIONS
from tts.settings import Settings
from tts.speech import RANGES

LANGUAGES: Final = ("auto", "zh", "en", "ja", "ko")
#: Where the slider of the longest segment ends, in syllables: nobody speaks on for longer without a breath.
_LONGEST: Final = 120

# Values that live in the page's own script go in before the call; see `static/studio.js`.
_COLLECT: Final = "(clip, emotion, ...fields) => [window.yinse.clip(), window.yinse.emotion(), ...fields]"
_PREVIEW: Final = "(...fields) => window.yinse.preview(...fields)"
_RESTORE_DRAFT: Final = "(...fields) => window.yinse.restoreDraft(fields)"

# A click on the button beside a seed goes to the server as an event with that seed.
_SEED: Final = (
    "element.addEventListener('click', event => { const hit = event.target.closest('[data-seed]');"
    " if (hit) trigger('click', { value: hit.dataset.seed }); });"
)

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
"""

_REFERENCE: Final = """
<h2><span class="yn-step" aria-hidden="true">1</span>@[reference.title]</h2>
<p class="yn-hint">@[reference.hint]</p>
<div class="yn-drop" data-limit="{limit}" data-seconds="{seconds:g}">
  <div class="yn-drop-actions">
    <label class="yn-button yn-file"><input type="file" id="yn-file" accept="audio/*,.m4a,.webm,.opus"
      aria-describedby="yn-drop-note">@[reference.choose]</label>
    <button type="button" class="yn-button" id="yn-record"><i class="yn-dot"></i>
      <span>@[reference.record]</span></button>
  </div>
  <p id="yn-drop-note">@[reference.drop]</p>
</div>
{examples}
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
<div class="yn-emotions">
  <div class="yn-emotion-rows">{rows}</div>
  <div class="yn-radar"><svg viewBox="-148 -108 296 216" role="img" aria-label="@[emotion.radar]"></svg>
    <button type="button" class="yn-button yn-small" id="yn-emotion-reset">@[emotion.reset]</button></div>
</div>
"""

_HEADING: Final = """<h2><span class="yn-step" aria-hidden="true">{step}</span>@[{key}.title]</h2>
<p class="yn-hint">@[{key}.hint]</p>"""

_FOOTER: Final = """<footer class="yn-footer"><p>@[page.private]</p><p>@[page.keys]</p></footer>"""


def build(handlers: Handlers, settings: Settings, *, device: str, bundle: str) -> gr.Blocks:
    """The whole page; `device` and `bundle` are the lines in its head."""
    blocks: gr.Blocks
    with gr.Blocks(
        title="@[page.title]", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)
    ) as blocks:
        _html(_HEADER.format(device=device, bundle=bundle))
        clip = gr.Textbox(visible=False)
        emotion = gr.JSON(visible=False)
        with gr.Row(equal_height=False, elem_classes="yn-columns"):
            with gr.Column(scale=11, min_width=340):
                with gr.Column(elem_classes="yn-card", elem_id="yn-reference"):
                    limits = {"limit": settings.max_upload_bytes, "seconds": settings.max_reference_seconds}
                    _html(_REFERENCE.format(**limits, examples=example_row(read_examples())))
                with gr.Column(elem_classes="yn-card"):
                    _html(_HEADING.format(step=2, key="text"))
                    text = gr.Textbox(
                        label="@[text.label]", placeholder="@[text.placeholder]", lines=5, max_lines=16,
                        elem_id="yn-text", container=False, autofocus=False,
                    )  # fmt: skip
                    language = gr.Radio(
                        [(f"@[language.{name}]", name) for name in LANGUAGES], value="auto",
                        label="@[language.label]", elem_id="yn-language", elem_classes="yn-pills",
                    )  # fmt: skip
                    _html(_PREVIEW_CARD)
                    longest, emoji, glossary = _reading_settings(settings)
                with gr.Column(elem_classes="yn-card"):
                    rows = "".join(_EMOTION_ROW.format(name=name) for name in EMOTIONS)
                    _html(_EMOTIONS.format(rows=rows), elem_id="yn-emotions")
                    weight = gr.Slider(
                        0, 1, 1, step=0.05, label="@[emotion-weight.label]", info="@[weight.hint]", elem_id="yn-weight"
                    )
                with gr.Column(elem_classes="yn-card"):
                    _html(_HEADING.format(step=4, key="pace"))
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
            with (
                gr.Column(scale=10, min_width=340, elem_classes="yn-side"),
                gr.Column(elem_classes="yn-card", elem_id="yn-stage"),
            ):
                with gr.Row(elem_classes="yn-go"):
                    # The first answer of the server opens it: by then the page listens, and no click is lost.
                    generate = gr.Button(
                        "@[generate.button]", variant="primary", size="lg", elem_id="yn-generate", scale=3,
                        interactive=False,
                    )  # fmt: skip
                    cancel = gr.Button(
                        "@[cancel.button]", size="lg", elem_id="yn-cancel", interactive=False, scale=1, min_width=96
                    )
                error = _html(elem_id="yn-error")
                progress = _html(elem_id="yn-progress")
                result = _html(
                    '<div class="yn-empty"><p>@[result.empty]</p></div>',
                    elem_id="yn-result", js_on_load=_SEED,
                )  # fmt: skip
        _html(_FOOTER)

        reading = [longest, emoji, glossary]
        fields = [text, language, weight, speed, duration, seed, *reading]
        stage = [generate, cancel, progress, error, result]
        generate.click(
            handlers.generate, [clip, emotion, *fields], stage, js=_COLLECT, preprocess=False,
            show_progress="hidden", concurrency_limit=None, trigger_mode="once", api_visibility="private",
        )  # fmt: skip
        cancel.click(handlers.cancel, None, None, queue=False, show_progress="hidden", api_visibility="private")
        result.click(handlers.reuse_seed, None, seed, queue=False, show_progress="hidden", api_visibility="private")
        changes = [text.change, language.change, longest.change, emoji.change, glossary.change]
        gr.on(changes, None, [text, language, *reading], None, js=_PREVIEW, queue=False, show_progress="hidden")
        blocks.load(None, fields, fields, js=_RESTORE_DRAFT)
        blocks.load(
            handlers.resume, None, stage, show_progress="hidden", concurrency_limit=None, api_visibility="private"
        )
    return blocks


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
        _html('<div id="yn-glossary-problem"></div>')
    return longest, emoji, glossary


def _html(value: str = "", *, elem_id: str | None = None, js_on_load: str | None = None) -> gr.HTML:
    """Our own HTML, which needs none of the framework's style."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=js_on_load, apply_default_css=False)
