"""The tab of everything that was ever said here: found, heard, used again, taken along, let go."""

from typing import Final

from studio.export_panel import panel
from studio.tabs.pieces import card, html

_HISTORY: Final = """
<h2>@[history.title]</h2>
<p class="yn-hint">@[history.hint]</p>
<div class="yn-bar" role="search">
  <input type="search" id="yn-history-search" placeholder="@[history.search]" aria-label="@[history.search]">
  <label class="yn-check"><input type="checkbox" id="yn-history-starred">@[history.starred]</label>
</div>
<div class="yn-bar">
  <label class="yn-check"><input type="checkbox" id="yn-history-all">@[history.all]</label>
  <button type="button" class="yn-button yn-small" data-history="export">@[history.export]</button>
  <button type="button" class="yn-button yn-small" data-history="compare" disabled
    title="@[compare.choose]">@[compare.two]</button>
  <button type="button" class="yn-button yn-small" data-history="delete" disabled>@[history.delete]</button>
  <span id="yn-history-chosen" role="status"></span>
</div>
{export}
<div id="yn-history-state" role="status"></div>
<ol class="yn-rows" id="yn-history-rows"></ol>
<p class="yn-none" id="yn-history-none" hidden>@[history.none]</p>
<button type="button" class="yn-button" id="yn-history-more" hidden>@[history.more]</button>
<div id="yn-history-disk"></div>
"""


def build() -> None:
    """The tab; `static/history.js` fills it."""
    with card():
        html(_HISTORY.format(export=panel()), elem_id="yn-history")
