"""An endpoint of a language model reads words where an operator has named one; the lexicon does where it cannot."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tts import wording
from tts.errors import OptionError
from tts.wording import emotion_of_words


class Model(ThreadingHTTPServer):
    """Answers as an OpenAI-compatible endpoint does; what it says is `content`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.status = "{}", 200
        self.asked: list[tuple[str, str | None, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1/"


class Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), question))
        answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": self.server.content}}]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    with Model() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("YINSE_WORDS_URL", server.url)
        monkeypatch.setenv("YINSE_WORDS_MODEL", "small")
        wording._endpoint.cache_clear()
        yield server
        server.shutdown()
    wording._endpoint.cache_clear()


def test_the_model_reads_what_the_lexicon_does_not_know(model: Model) -> None:
    model.content = 'Here you are:\n```json\n{"afraid": 0.7, "sad": 0.2, "happy": 0}\n```'
    assert emotion_of_words("像刚从噩梦里醒来").to_dict() == {"afraid": 0.7, "sad": 0.2}
    ((path, key, question),) = model.asked
    assert path == "/v1/chat/completions" and key is None
    assert question["model"] == "small" and question["messages"][-1] == {"role": "user", "content": "像刚从噩梦里醒来"}


def test_the_same_words_are_asked_about_once(model: Model) -> None:
    model.content = '{"calm": 1}'
    assert emotion_of_words("slowly").to_dict() == emotion_of_words("slowly").to_dict() == {"calm": 1.0}
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (500, '{"happy": 1}'), (401, "{}"), (200, "I cannot help with that."), (200, '{"joyful": 1}'),
        (200, '{"happy": 7}'), (200, '{"happy": "very"}'), (200, "{}"), (200, "} {"),
    ],
)  # fmt: skip
def test_an_answer_that_means_nothing_leaves_the_words_to_the_lexicon(model: Model, status: int, content: str) -> None:
    model.status, model.content = status, content
    vector = emotion_of_words("委屈地哭着说").to_dict()
    assert max(vector, key=lambda name: vector[name]) == "sad"
    with pytest.raises(OptionError) as caught:
        emotion_of_words("table and chair")
    assert caught.value.code == "option_emotion_words"


def test_nobody_listening_leaves_the_words_to_the_lexicon(monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
    model.shutdown()
    model.server_close()
    assert emotion_of_words("very angry").to_dict()["angry"] > 0.5


def test_a_key_out_of_a_file_is_sent(monkeypatch: pytest.MonkeyPatch, model: Model, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("secret\n", encoding="utf-8")
    monkeypatch.setenv("YINSE_WORDS_KEY_FILE", str(file))
    emotion_of_words("very angry")
    assert model.asked[0][1] == "Bearer secret"


def test_a_key_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, model: Model, tmp_path: Path) -> None:
    monkeypatch.setenv("YINSE_WORDS_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(OptionError, match="YINSE_WORDS_KEY_FILE"):
        emotion_of_words("very angry")


def test_a_setting_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
    monkeypatch.setenv("YINSE_WORDS_URL", "localhost:11434")
    with pytest.raises(OptionError, match="YINSE_WORDS_URL"):
        emotion_of_words("very angry")
