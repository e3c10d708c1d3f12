"""The tab of many lines at once: a file or a list of sentences in one voice, each a take of its own."""

from typing import Final

import gradio as gr

from studio.export_panel import panel
from studio.tabs.clone import LANGUAGES
from studio.tabs.pieces import card, html, languages

_LINES: Final = """
<h2><span class="yn-step" aria-hidden="true">1</span>@[batch.title]</h2>
<p class="yn-hint">@[batch.hint]</p>
<div class="yn-bar"><label class="yn-button yn-file"><input type="file" id="yn-batch-file"
  accept=".txt,.jsonl,.ndjson,.csv,.tsv">@[reference.choose]</label>
  <span class="yn-file-name" id="yn-batch-name"></span></div>
<textarea class="yn-area" id="yn-batch-text" rows="9" spellcheck="false" aria-label="@[batch.title]"
  placeholder="@[batch.placeholder]"></textarea>
<details class="yn-how"><summary>@[batch.how]</summary><p>@[batch.keys]</p>
<pre>text,speed,emotion_text
你好，世界。,1.1,开心</pre><pre>{{"text": "Hello.", "emotion": {{"happy": 0.6}}, "seed": 7}}</pre></details>
<div id="yn-batch-told" role="status"></div>
"""

_VOICE: Final = """
<h2><span class="yn-step" aria-hidden="true">2</span>@[batch.voice]</h2>
<p class="yn-hint">@[batch.voice_hint]</p>
<div class="yn-form yn-three-fields">
  <label class="yn-whole">@[reference.title]<select data-voices id="yn-batch-voice"></select></label>
  <label>@[language.label]<select id="yn-batch-language">{languages}</select></label>
  <label>@[speed.label]<input type="number" id="yn-batch-speed" min="0.5" max="2" step="0.05" value="1"></label>
  <label>@[emotion-weight.label]<input type="number" id="yn-batch-weight" min="0" max="1" step="0.05" value="1"></label>
</div>
"""

_RUN: Final = """
<div class="yn-work-actions"><button type="button" class="yn-button yn-primary" id="yn-batch-start"
  >@[batch.start]</button><button type="button" class="yn-button" id="yn-batch-stop" disabled
  >@[work.stop]</button></div>
<div id="yn-batch-error"></div>
<div id="yn-batch-progress" aria-live="polite"></div>
<div class="yn-bar" id="yn-batch-after" hidden>
  <a class="yn-button" id="yn-batch-zip" href="./studio/batch/zip" download>@[batch.zip]</a>
  <button type="button" class="yn-button" id="yn-batch-rest">@[batch.rest]</button></div>
<div id="yn-batch-export" hidden>{export}</div>
<ol class="yn-rows" id="yn-batch-rows"></ol>
<p class="yn-none" id="yn-batch-none">@[batch.none]</p>
"""


def build() -> None:
    """The tab; `static/batch.js` makes it work."""
    with gr.Row(equal_height=False, elem_classes="yn-columns"):
        with gr.Column(scale=10, min_width=340):
            with card():
                html(_LINES.format())
            with card():
                html(_VOICE.format(languages=languages(LANGUAGES)))
        with gr.Column(scale=11, min_width=340), card(elem_id="yn-batch"):
            html(_RUN.format(export=panel()))
