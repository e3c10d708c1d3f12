"""The tab that dubs: subtitles or a script, a voice for each name, a plan, and the track."""

from typing import Final

import gradio as gr

from studio.tabs.clone import LANGUAGES
from studio.tabs.pieces import card, html, languages
from tts.dubbing.schedule import GAP, STRETCH, TAIL

_TEXT: Final = """
<h2><span class="yn-step" aria-hidden="true">1</span>@[dub.title]</h2>
<p class="yn-hint">@[dub.hint]</p>
<div class="yn-bar"><label class="yn-button yn-file"><input type="file" id="yn-dub-file" accept=".srt,.vtt,.txt"
  >@[reference.choose]</label><span class="yn-file-name" id="yn-dub-name"></span></div>
<textarea class="yn-area" id="yn-dub-text" rows="9" spellcheck="false" aria-label="@[dub.title]"
  placeholder="@[dub.placeholder]"></textarea>
<div id="yn-dub-told" role="status"></div>
<div id="yn-dub-along" hidden>
  <div class="yn-bar"><span class="yn-file-name">@[dub.subtitles]</span>
    <a class="yn-button yn-small" href="./studio/dub/subtitles/srt" download>SRT</a>
    <a class="yn-button yn-small" href="./studio/dub/subtitles/vtt" download>VTT</a></div>
  <div class="yn-bar"><label class="yn-button yn-small yn-file"><input type="file" id="yn-dub-original-file"
      accept=".wav,.mp3,.flac,.ogg,audio/*" aria-describedby="yn-dub-original-hint"><span id="yn-dub-original"
      >@[dub.original_choose]</span></label>
    <button type="button" class="yn-button yn-small" id="yn-dub-original-remove" hidden>@[dub.original_remove]</button>
    <span class="yn-file-name" id="yn-dub-original-hint">@[dub.original_hint]</span></div>
</div>
"""

_CAST: Final = """
<h2><span class="yn-step" aria-hidden="true">2</span>@[dub.cast]</h2>
<p class="yn-hint">@[dub.cast_hint]</p>
<div class="yn-form"><label class="yn-whole">@[dub.main]<select data-voices id="yn-dub-voice"></select></label></div>
<div class="yn-form yn-cast" id="yn-dub-cast"></div>
"""

_OPTIONS: Final = """
<h2><span class="yn-step" aria-hidden="true">3</span>@[dub.options]</h2>
<div class="yn-form yn-three-fields">
  <label>@[language.label]<select id="yn-dub-language">{languages}</select></label>
  <label>@[speed.label]<input type="number" id="yn-dub-speed" min="0.5" max="2" step="0.05" value="1"></label>
  <label title="@[dub.stretch_hint]">@[stretch.label]
    <input type="number" id="yn-dub-stretch" min="1" max="2" step="0.05" value="{stretch}"></label>
  <label title="@[dub.gap_hint]">@[gap.label]
    <input type="number" id="yn-dub-gap" min="0" max="60" step="0.1" value="{gap}"></label>
  <label title="@[dub.tail_hint]">@[tail.label]
    <input type="number" id="yn-dub-tail" min="0" max="3600" step="0.1" value="{tail}"></label>
  <label class="yn-check yn-whole"><input type="checkbox" id="yn-dub-speak">@[dub.speak]</label>
</div>
"""

_RUN: Final = """
<div class="yn-work-actions"><button type="button" class="yn-button" id="yn-dub-plan">@[dub.plan]</button
  ><button type="button" class="yn-button yn-primary" id="yn-dub-make">@[dub.make]</button
  ><button type="button" class="yn-button" id="yn-dub-stop" disabled>@[work.stop]</button></div>
<div id="yn-dub-error"></div>
<div id="yn-dub-progress" aria-live="polite"></div>
<div id="yn-dub-result"></div>
<ol class="yn-rows" id="yn-dub-rows"></ol>
<p class="yn-none" id="yn-dub-none">@[dub.none]</p>
"""


def build() -> None:
    """The tab; `static/dub.js` makes it work."""
    with gr.Row(equal_height=False, elem_classes="yn-columns"):
        with gr.Column(scale=10, min_width=340):
            with card():
                html(_TEXT)
            with card():
                html(_CAST)
            with card():
                html(_OPTIONS.format(languages=languages(LANGUAGES), stretch=STRETCH, gap=GAP, tail=TAIL))
        with gr.Column(scale=11, min_width=340), card(elem_id="yn-dub"):
            html(_RUN)
