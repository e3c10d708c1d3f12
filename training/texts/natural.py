"""Natural sentences from files: read, cleaned, and joined clause by clause for more variety."""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.texts.english import capital, joinable
from training.texts.mandarin import is_simplified

LONGEST_MANDARIN = 60
LONGEST_ENGLISH = 25
_SENTENCE_SETS = {"cv_zh", "aishell", "kathleen", "ljspeech", "libri", "speechocean", "cv_ja"}
_MANDARIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9，。？！、；：《》“”%·—…]+")
_ASKING = re.compile(
    r"^(who|what|where|when|why|how|which|whose|do|does|did|is|are|was|were|can|could|will|would|shall|should|have you|"
    r"has|may i)\b",
    re.IGNORECASE,
)
_BEFORE_CLAUSE = re.compile(r" (?=(?:and|but|when|while|because|which|who|where|if|so|as|till|until|for|then|or)\b)")


def normalised(text: str) -> str:
    """What two texts must share to be the same sentence: letters, digits and characters alone, in lower case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in folded if sign.isalnum())


def read_excluded(paths: Iterable[Path]) -> frozenset[str]:
    """Sentences that may never be said, normalised; each file is read as `read_sentences` reads it."""
    lines: set[str] = set()
    for path in paths:
        lines.update(normalised(text) for _, text in _rows(path, every=True))
    return frozenset(lines - {""})


def read_sentences(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Language -> cleaned sentences, in the files' order and without repetition.

    A file is a corpus table (a header with `set`, `split`, `lang` and `text`: only its train rows), rows of
    language<TAB>text, or one sentence a line. Words of a `ja_words` set come under "ja_word".
    """
    found: dict[str, dict[str, None]] = {}
    for path in paths:
        for language, text in _rows(path):
            for sentence in _clean(language, text):
                found.setdefault(language, {})[sentence] = None
    return {language: list(sentences) for language, sentences in found.items()}


def _rows(path: Path, every: bool = False) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        header = file.readline().rstrip("\n").split("\t")
        file.seek(0)
        if {"lang", "text"} <= set(header):
            for row in csv.DictReader(file, delimiter="\t"):
                if every or "set" not in row or (row["split"] == "train" and row["set"] in _SENTENCE_SETS):
                    yield row["lang"], row["text"]
                elif row["split"] == "train" and row["set"] == "ja_words":
                    yield "ja_word", row["text"].partition("|")[0]
            return
        for line in file:
            language, tab, text = line.rstrip("\n").partition("\t")
            if not tab:
                text = language
                language = _language(text)
            yield language, text


def _language(text: str) -> str:
    if re.search(r"[\uac00-\ud7a3]", text):
        return "ko"
    if re.search(r"[\u3041-\u30ff]", text):
        return "ja"
    return "zh" if ord(max(text or " ")) > 255 else "en"


def _clean(language: str, text: str) -> list[str]:
    if language == "zh":
        return _clean_mandarin(text)
    if language == "en":
        return _clean_english(text)
    return [text.strip()] if text.strip() else []


def _clean_mandarin(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text.replace("▁", "").strip())
    text = re.sub(r"[（(][^）)]*[）)]", "", text).replace("?", "？").replace("!", "！")
    text = re.sub(r",(?!\d{3})", "，", re.sub(r"(?<=\d),(?=\d{3})", "", text))
    text = re.sub(r"[「『]", "“", re.sub(r"[」』]", "”", text)).replace(" ", "")
    kept = []
    for sentence in re.findall(r"[^。？！]+[。？！]?", text):
        for piece in _shortened(sentence):
            han = re.findall(r"[\u4e00-\u9fff]", piece)
            latin = re.findall(r"[A-Za-z]", piece)
            if len(han) < 4 or len(latin) > 8 or not _MANDARIN.fullmatch(piece) or piece.count("“") != piece.count("”"):
                continue
            if not is_simplified("".join(han)):  # traditional and rare characters are read wrongly too often
                continue
            kept.append(piece if piece[-1] in "。？！" else piece.rstrip("，、；：—…") + "。")
    return kept


def _shortened(sentence: str) -> list[str]:
    """A long Mandarin sentence cut at its commas into pieces of at most `LONGEST_MANDARIN` characters."""
    pieces, piece = [], ""
    for clause in re.findall(r"[^，；]+[，；]?", sentence):
        if piece and len(piece) + len(clause) > LONGEST_MANDARIN:
            pieces.append(piece)
            piece = ""
        piece += clause
    pieces.append(piece)
    return [piece for piece in pieces if len(piece) <= LONGEST_MANDARIN]


def _clean_english(text: str) -> list[str]:
    text = re.sub(r"\s+", " ", text.replace('"', "").replace("--", ", ").strip())
    if not re.fullmatch(r"[A-Za-z0-9 .,;:!?'\-]+", text) or len(text) < 4:
        return []
    if re.search(r"[.,;:!?]", text) is None and text == text.lower():
        return [_punctuated(piece) for piece in _pieces(text.split(" "))]
    sentences = re.findall(r"[^.!?]+[.!?]*", re.sub(r"\b(Mr|Mrs|Dr|St)\.", r"\1", text))
    kept = [sentence.strip().rstrip(",;: ") for sentence in sentences]
    return [capital(s if s[-1] in ".!?" else s + ".") for s in kept if 1 < len(s.split()) <= 2 * LONGEST_ENGLISH]


def _pieces(words: list[str]) -> list[list[str]]:
    """Running text without punctuation, cut before conjunctions into pieces of four to `LONGEST_ENGLISH` words."""
    if len(words) <= 14:
        return [words]
    pieces: list[list[str]] = []
    for clause in _BEFORE_CLAUSE.split(" ".join(words)):
        part = clause.split(" ")
        if pieces and (len(pieces[-1]) < 6 or len(part) < 4) and len(pieces[-1]) + len(part) <= LONGEST_ENGLISH:
            pieces[-1] += part
        else:
            pieces.append(part)
    # The ends of a cut recording are often half sentences, which no reader phrases well.
    return [piece for piece in pieces if 4 <= len(piece) <= 16]


def _punctuated(words: list[str]) -> str:
    text = re.sub(r"\bi\b", "I", " ".join(words))
    return capital(text) + ("?" if _ASKING.match(text) else ".")


class Natural:
    """Sentences of one language, each once as it is; Mandarin and English ones are also joined, without end."""

    def __init__(self, language: str, sentences: list[str], rng: random.Random) -> None:
        self._language, self._sentences = language, list(sentences)
        rng.shuffle(self._sentences)
        self._place = 0

    @property
    def spent(self) -> bool:
        """Whether nothing new is left: sentences that are never joined have all been given."""
        return self._language not in ("zh", "en") and self._place >= len(self._sentences)

    def make(self, rng: random.Random) -> tuple[str, str]:
        if self._language not in ("zh", "en") or (self._place < len(self._sentences) and rng.random() < 0.75):
            self._place += 1
            return self._sentences[(self._place - 1) % len(self._sentences)], "natural"
        first, second = rng.choice(self._sentences), rng.choice(self._sentences)
        joined = _join_mandarin(first, second, rng) if self._language == "zh" else _join_english(first, second, rng)
        return joined, "joined"


def _join_mandarin(first: str, second: str, rng: random.Random) -> str:
    heads, tails = (re.findall(r"[^，；。？！]+[，；。？！]?", text) for text in (first, second))
    head = "".join(heads[: rng.randint(1, len(heads))]).rstrip("，；。！")
    tail = "".join(tails[rng.randint(0, len(tails) - 1) :])
    if head.endswith("？"):
        return head + tail
    link = rng.choices(["，", "。", "；", "，而且", "，但是", "，所以", "，然后"], [6, 2, 1, 1, 1, 1, 1])[0]
    joined = head + link + tail
    if len(joined) > LONGEST_MANDARIN or joined.count("“") != joined.count("”"):
        return second
    return joined


def _join_english(first: str, second: str, rng: random.Random) -> str:
    head = first.rstrip(".!;, ")
    if head.endswith("?") or first.endswith("!"):
        joined = f"{first} {second}"
    else:
        link = rng.choices([", and ", ", but ", "; ", ". ", " because ", ", so "], [4, 3, 2, 2, 1, 1])[0]
        joined = head + link + (second if link == ". " else joinable(second))
    return joined if len(joined.split()) <= LONGEST_ENGLISH + 5 else second
