"""The panel of a browser's own glossary, under the text, and the dialog in which an entry is written."""

from typing import Final

from studio.glossaries import LONGEST_TERM
from studio.tabs.pieces import html
from tts.text.phones import LANGUAGES

_PANEL: Final = """
<details class="yn-preview" id="yn-terms">
  <summary><span>@[terms.title]</span><span class="yn-preview-facts" id="yn-terms-count"></span></summary>
  <div class="yn-terms-body">
    <p class="yn-hint">@[terms.hint]</p>
    <div class="yn-bar">
      <input type="search" id="yn-terms-search" placeholder="@[terms.search]" aria-label="@[terms.search]">
      <button type="button" class="yn-button yn-small yn-strong" data-entry="add">@[terms.add]</button>
      <label class="yn-button yn-small yn-file" title="@[terms.import_hint]"><input type="file" id="yn-terms-import"
        accept=".txt,.tsv,.yaml,.yml,.json">@[terms.import]</label>
      <a class="yn-button yn-small" id="yn-terms-export" href="./studio/glossary/file" download>@[terms.export]</a>
    </div>
    <div id="yn-terms-state" role="status"></div>
    <div id="yn-terms-rows" role="region" tabindex="0" aria-label="@[terms.title]"></div>
    <p class="yn-none" id="yn-terms-none" hidden>@[terms.none]</p>
  </div>
</details>
<dialog id="yn-term" class="yn-card" aria-labelledby="yn-term-title"><form method="dialog" class="yn-form" novalidate>
  <h2 id="yn-term-title"></h2><p class="yn-hint yn-whole"></p>
  <label class="yn-whole">@[terms.term]<input type="text" name="term" maxlength="{longest}" autocomplete="off"></label>
  <label class="yn-whole">@[terms.reading]<small>@[terms.reading_hint]</small>
    <input type="text" name="reading" maxlength="{longest}" autocomplete="off" spellcheck="false"></label>
  <label class="yn-whole">@[terms.language]<select name="language"><option value="">@[terms.any]</option
    >{languages}</select></label>
  <div class="yn-ask-error yn-whole" role="alert"></div>
  <div class="yn-ask-actions yn-whole"><button type="button" class="yn-button" data-entry="leave">@[ask.no]</button
    ><button type="submit" class="yn-button yn-primary">@[terms.save]</button></div>
</form></dialog>
"""


def build() -> None:
    """The panel; `static/glossary.js` makes it work."""
    names = "".join(f'<option value="{name}">@[language.{name}]</option>' for name in LANGUAGES)
    html(_PANEL.format(languages=names, longest=LONGEST_TERM))
