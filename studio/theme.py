"""The look that the framework's own components share with ours; the rest stands in `static/studio.css`."""

from typing import Final

import gradio as gr
from gradio.themes.utils import colors, sizes

# Celadon, the glaze: an accent that is neither the red of errors nor the blue of links.
_CELADON: Final = colors.Color(
    name="celadon",
    c50="#eef6f2", c100="#d9ebe4", c200="#b6d8cb", c300="#8cc0ae", c400="#5ca48f", c500="#357f6d",
    c600="#1f6a5a", c700="#17574a", c800="#13463c", c900="#103a32", c950="#08231e",
)  # fmt: skip
_PAPER: Final = colors.Color(
    name="paper",
    c50="#faf8f4", c100="#f4f1ea", c200="#e6e1d6", c300="#d3ccbd", c400="#a09a8c", c500="#6b675d",
    c600="#54514a", c700="#3b3a35", c800="#262724", c900="#191b19", c950="#111312",
)  # fmt: skip

# Only fonts that the reader's machine has: a web font would be a request to another host.
_FONTS: Final = (
    "system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Hiragino Sans", "Microsoft YaHei", "Yu Gothic UI",
    "Noto Sans CJK SC", "Noto Sans", "sans-serif",
)  # fmt: skip
_MONO: Final = ("ui-monospace", "SF Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", "monospace")


def theme() -> gr.themes.Base:
    """Paper and ink by day, slate by night; text AA or better on every ground."""
    return gr.themes.Base(
        primary_hue=_CELADON,
        secondary_hue=_CELADON,
        neutral_hue=_PAPER,
        radius_size=sizes.radius_md,
        font=list(_FONTS),
        font_mono=list(_MONO),
    ).set(
        body_background_fill="#f4f1ea",
        body_background_fill_dark="#111312",
        body_text_color="#22241f",
        body_text_color_dark="#ebeae4",
        body_text_color_subdued="#5d5a50",
        body_text_color_subdued_dark="#aba99f",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_shadow="none",
        block_padding="0px",
        block_label_text_color="#3b3a35",
        block_label_text_color_dark="#d6d4cb",
        block_title_text_color="#22241f",
        block_title_text_color_dark="#ebeae4",
        block_title_text_weight="600",
        block_info_text_color="#5d5a50",
        block_info_text_color_dark="#aba99f",
        input_background_fill="#ffffff",
        input_background_fill_dark="#121412",
        input_border_color="#8f897b",
        input_border_color_dark="#63645d",
        input_border_color_focus="*primary_600",
        input_border_color_focus_dark="*primary_300",
        input_placeholder_color="#6b675d",
        input_placeholder_color_dark="#98968d",
        input_border_width="1px",
        slider_color="*primary_600",
        slider_color_dark="*primary_300",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_300",
        button_primary_background_fill_hover_dark="*primary_200",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#08231e",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#262824",
        button_secondary_border_color="#8f897b",
        button_secondary_border_color_dark="#63645d",
        button_border_width="1px",
        form_gap_width="0px",
        panel_border_width="0px",
    )
