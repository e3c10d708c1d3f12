"""Long work as a browser asks for it and watches it."""

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi.testclient import TestClient


def voice_of(client: "TestClient", clip: bytes) -> str:
    """A clip that goes up, as a field chooses it."""
    answer = client.post("/studio/clips", content=clip, headers={"x-clip-name": "someone.wav"})
    return f"clip:{answer.json()['id']}"


def finished(client: "TestClient", room: str) -> dict[str, Any]:
    """What is told of the `batch` or the `dub` when it does not go on."""
    return settled(client, f"/studio/{room}", "going")


def settled(client: "TestClient", address: str, pending: str) -> dict[str, Any]:
    """What an address tells when its field `pending` is no longer true."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        told: dict[str, Any] = client.get(address).json()
        if not told[pending]:
            return told
        time.sleep(0.05)
    raise AssertionError(f"{address} does not settle")
