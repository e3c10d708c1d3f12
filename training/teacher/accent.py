"""Japanese pitch accent put into the teacher's pitch: it reads phones alone, and guesses where the pitch falls.

The teacher's own line through each phrase stays (its height, its slope, its small movements); high and low morae are
laid over it, as the phrase and accent components of Fujisaki and Hirose (1984) are laid over each other.
"""

import numpy as np
from scipy.ndimage import gaussian_filter1d

from tts.text.phones import PAUSES, PHONE_IDS, TONE_IDS

_FRAMES_A_SECOND = 80
_FRAMES_A_UNIT = 2
#: Half the distance between high and low, in log Hz: 2.3 semitones.
_STEP = 0.133
_SMOOTHING = 0.035 * _FRAMES_A_SECOND
#: What stays of the teacher's own movements around its line.
_KEPT = 0.3
_VOICED_HZ = 30.0
_LEAST_FRAMES = 12


def with_accent(f0: np.ndarray, units: np.ndarray, owners: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    """f0 (F,) Hz at 80 a second; units and owners (S,) of the teacher's signs; tokens (4, L) -> f0 (F,).

    Only what bears a Japanese tone is moved. A question keeps the teacher's rise on its last mora.
    """
    phones, tones = tokens[0], tokens[1]
    owner = np.repeat(owners, units * _FRAMES_A_UNIT)[: len(f0)]
    steps = np.zeros(len(tones))
    steps[tones == TONE_IDS["ja_high"]] = 1.0
    steps[tones == TONE_IDS["ja_low"]] = -1.0
    accent = gaussian_filter1d(steps[owner] * _STEP, _SMOOTHING)
    pause = np.isin(phones, [PHONE_IDS[name] for name in PAUSES])[owner]
    bearing, voiced = steps[owner] != 0, f0 > _VOICED_HZ
    shaped = f0.copy()
    for frames in _stretches(~pause):
        chosen = frames[voiced[frames]]
        if len(chosen) < _LEAST_FRAMES or not bearing[chosen].any():
            continue
        own = np.log(f0[chosen])
        line = np.polyval(np.polyfit(chosen, own, 1), chosen)
        moved = line + accent[chosen] - accent[chosen].mean() + _KEPT * (own - line)
        share = np.ones(len(chosen))
        if frames[-1] + 1 < len(owner) and phones[owner[frames[-1] + 1]] == PHONE_IDS["question"]:
            last = owner[frames[-1]]
            share = np.clip((frames[-1] - chosen) / max(1, 2 * (owner == last).sum()), 0, 1)
        shaped[chosen] = np.exp(np.where(bearing[chosen], share * moved + (1 - share) * own, own))
    return shaped


def _stretches(mask: np.ndarray) -> list[np.ndarray]:
    """Indices of each run of true."""
    found = np.flatnonzero(mask)
    return np.split(found, np.flatnonzero(np.diff(found) > 1) + 1) if len(found) else []
