"""HTML of the fields that say what results become when they are taken along; `static/export.js` makes them work."""

from typing import Final

from studio.words import fill
from tts.audio.form import BITS, RATES, TARGETS
from tts.audio.master import ENDINGS
from tts.sentences import Language

_PANEL: Final = """
<details class="yn-export"{take}><summary>@[export.title]</summary>
<p class="yn-hint">@[{hint}]</p>
<form class="yn-form" novalidate>
  <label>@[format.label]<select name="ending">{endings}</select></label>
  <label>@[sample-rate.label]<select name="rate">{rates}</select></label>
  <label>@[bits.label]<select name="bits">{bits}</select></label>
  <label>@[loudness.label]<input type="number" name="loudness" min="{least:g}" max="{most:g}" step="0.5"
    placeholder="@[export.as_it_is]"></label>
  <p class="yn-hint yn-whole">@[export.loudness_hint]</p>
  <label class="yn-whole">@[export.name]<input type="text" name="template" maxlength="120" autocomplete="off"
    spellcheck="false" placeholder="yinse-{{seed}}"></label>
  <p class="yn-hint yn-whole">@[export.name_hint]</p>
  {button}
</form>
<div class="yn-export-state" role="status"></div></details>
"""
_BUTTON: Final = '<button type="submit" class="yn-button yn-strong">@[export.button]</button>'


def panel() -> str:
    """For what goes into zips, with marks for its words."""
    return _filled("", "export.zip_hint", "")


def panel_of(take: str, language: Language) -> str:
    """For one take, which its button exports."""
    return fill(_filled(f' data-export="{take}"', "export.hint", _BUTTON), language)


def _filled(take: str, hint: str, button: str) -> str:
    least, most = TARGETS
    return _PANEL.format(
        take=take,
        hint=hint,
        button=button,
        endings="".join(f'<option value="{ending}">{ending.upper()}</option>' for ending in ENDINGS),
        rates="".join(f'<option value="{rate}">{rate / 1000:g} kHz</option>' for rate in RATES),
        bits="".join(f'<option value="{bits}">@[export.bit_{bits}]</option>' for bits in BITS),
        least=least,
        most=most,
    )
