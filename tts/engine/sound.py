"""Sound that is heard while it is still being made."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

_LOOK_SECONDS: Final = 0.01
_PCM: Final = 32767.0


class Sound:
    """Pieces in the order they were made: one thread adds them, any number of listeners hear all from the start."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._ended = False
        self._lock = threading.Lock()

    def add(self, wave: NDArray[np.float32]) -> None:
        """(samples,) in [-1, 1], kept as 16-bit PCM, little-endian."""
        piece = np.round(np.clip(wave, -1, 1) * _PCM).astype("<i2").tobytes()
        with self._lock:
            if not self._ended:
                self._pieces.append(piece)

    def end(self) -> None:
        """No piece will follow."""
        with self._lock:
            self._ended = True

    def clear(self) -> None:
        """Forget the pieces; who listens now hears no more of them."""
        with self._lock:
            self._pieces.clear()
            self._ended = True

    async def listen(self) -> AsyncIterator[bytes]:
        """Every piece, as soon as it is there, until the end."""
        heard = 0
        while True:
            with self._lock:
                pieces, ended = self._pieces[heard:], self._ended
            for piece in pieces:
                yield piece
            heard += len(pieces)
            if ended:
                return
            # The worker is a thread that knows no event loop; 10 ms are not heard.
            await asyncio.sleep(_LOOK_SECONDS)
