"""Values over frames: carried from one set of durations to another, and blended between spans."""

import torch
from torch import Tensor

from tts.models.acoustic.predictors import frame_owners


def places_in(natural: Tensor, durations: Tensor, frames: int) -> Tensor:
    """Where in the frames of `natural` (R, L) those of `durations` (R, L) lie, as far into their token as there.

    -> (R, frames) of real numbers.
    """
    owners = frame_owners(durations, frames)
    ends, own_ends = durations.cumsum(1), natural.cumsum(1)
    step = torch.arange(frames, device=durations.device)[None] - (ends - durations).gather(1, owners) + 0.5
    share = (step / durations.gather(1, owners).clamp(min=1)).clamp(0, 1)
    places = (own_ends - natural).gather(1, owners) + share * natural.gather(1, owners) - 0.5
    return torch.minimum(places, own_ends[:, -1:] - 1).clamp(min=0)


def values_at(row: Tensor, places: Tensor) -> Tensor:
    """Values (R, n) at places (R, m) between them, on straight lines."""
    low = places.floor().long()
    part = places - low
    return row.gather(1, low) * (1 - part) + row.gather(1, (low + 1).clamp(max=row.shape[1] - 1)) * part


def blended(rows: Tensor, shares: Tensor, owners: Tensor) -> Tensor:
    """Rows (R, T) or (R, n, T) of spans -> those of their utterances, each frame by the shares (R, T) of its spans.

    `owners` (R,) are the utterances of the rows, in order.
    """
    count = int(owners[-1]) + 1
    if count == len(rows):
        return rows
    weighted = rows * (shares if rows.dim() == 2 else shares.unsqueeze(1))
    return weighted.new_zeros(count, *rows.shape[1:]).index_add(0, owners, weighted)
