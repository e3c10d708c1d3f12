"""The tab of the voices that a person keeps: kept with consent, heard, compared, carried elsewhere."""

from typing import Final

from studio.tabs.pieces import card, html

_KEEP: Final = """
<h2>@[keep.title]</h2>
<p class="yn-hint">@[keep.hint]</p>
<form id="yn-keep" class="yn-form" novalidate>
  <p class="yn-keep-clip" id="yn-keep-clip">@[keep.none]</p>
  <label>@[keep.name]<small>@[keep.name_hint]</small>
    <input type="text" name="name" maxlength="64" autocomplete="off"></label>
  <label>@[keep.tags]<small>@[keep.tags_hint]</small>
    <input type="text" name="tags" maxlength="200" autocomplete="off"></label>
  <label>@[keep.whose]<small>@[keep.whose_hint]</small>
    <input type="text" name="whose" maxlength="120" autocomplete="off"></label>
  <label class="yn-check"><input type="checkbox" name="may">@[keep.may]</label>
  <div id="yn-keep-state" role="status"></div>
  <button type="submit" class="yn-button yn-primary">@[keep.button]</button>
</form>
"""

_LIBRARY: Final = """
<h2>@[voices.title]</h2>
<p class="yn-hint">@[voices.hint]</p>
<div class="yn-bar">
  <input type="search" id="yn-voices-search" placeholder="@[voices.search]" aria-label="@[voices.search]">
  <label class="yn-button yn-file"><input type="file" id="yn-voices-import" accept=".safetensors"
    >@[voices.import]</label>
</div>
<div id="yn-voices-state" role="status"></div>
<ol class="yn-rows" id="yn-voices-rows"></ol>
<p class="yn-none" id="yn-voices-none" hidden>@[voices.none]</p>
<div id="yn-voices-disk"></div>
"""

_LIKENESS: Final = """
<h2>@[matrix.title]</h2>
<p class="yn-hint">@[matrix.hint]</p>
<div id="yn-likeness"></div>
"""


def build() -> None:
    """The tab; `static/voices.js` fills it."""
    with card(elem_id="yn-voices"):
        html(_LIBRARY)
    with card():
        html(_KEEP)
    with card(elem_id="yn-likeness-card"):
        html(_LIKENESS)
