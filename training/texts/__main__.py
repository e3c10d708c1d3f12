"""Write a table of texts: `python -m training.texts --count 60000 --out texts.tsv`."""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import islice
from pathlib import Path

from training.texts import english, japanese, korean, mandarin
from training.texts.natural import read_excluded, read_sentences
from training.texts.stream import SHARES, Text, texts


def read_shares(written: str) -> dict[str, float]:
    """`zh=.3,ja=.7` -> language -> share. Raises ValueError for anything else."""
    shares = {}
    for pair in written.split(","):
        language, _, share = pair.partition("=")
        if language.strip() not in SHARES or float(share) < 0:
            raise ValueError(f"{pair}: one of {', '.join(SHARES)}, = and a share")
        shares[language.strip()] = float(share)
    if not sum(shares.values()) > 0:
        raise ValueError("every share is zero")
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.texts", description=__doc__)
    parser.add_argument("--count", type=int, default=60_000, help="rows to write")
    parser.add_argument("--out", type=Path, required=True, help="table to write: language, text, kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--sentences", type=Path, action="append", default=[],
        help="natural sentences: a corpus metadata.tsv (train rows), language<TAB>text, or one a line; may come again",
    )  # fmt: skip
    parser.add_argument(
        "--exclude", type=Path, action="extend", nargs="*", default=[],
        help="sentences that may never be said, read likewise",
    )  # fmt: skip
    parser.add_argument(
        "--natural-share", type=float, default=0.5, help="share of natural sentences where some are given"
    )
    parser.add_argument(
        "--languages", type=read_shares, default=SHARES, metavar="zh=.3,en=.25,ja=.25,ko=.2", help="shares of languages"
    )
    parser.add_argument("--coverage", action="store_true", help="say how many syllables and phone pairs are covered")
    options = parser.parse_args()

    natural, excluded = read_sentences(options.sentences), read_excluded(options.exclude)
    stream = texts(options.seed, natural, excluded, options.languages, options.natural_share)
    rows = list(islice(stream, options.count))
    with options.out.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write("\t".join(row) + "\n")
    print(f"{len(rows)} texts: {dict(Counter(f'{row.language} {row.kind}' for row in rows).most_common())}")
    if options.coverage:
        print_coverage(rows)


def print_coverage(rows: list[Text]) -> None:
    """Say for each language that there is how much of its sounds the rows hold."""
    said_in: dict[str, list[str]] = {}
    for row in rows:
        said_in.setdefault(row.language, []).append(row.text)
    if "zh" in said_in:
        said, there, missing = mandarin.coverage(said_in["zh"])
        print(f"Mandarin syllable and tone: {said} of {there}; missing: {' '.join(missing) or 'none'}")
    if "en" in said_in:
        said, inside, possible = english.coverage(said_in["en"])
        print(
            f"English pairs of phones: {said} of {possible} ({inside} of {len(english.words_by_pair())} inside words)"
        )
    if "ja" in said_in:
        pairs, held, within, single, absent = japanese.coverage(said_in["ja"])
        print(f"Japanese pairs of morae: {pairs}; {within} of {held} that frequent words hold")
        print(f"Japanese morae: {single - len(absent)} of {single}; missing: {' '.join(absent) or 'none'}")
    if "ko" in said_in:
        syllables, syllables_there, meetings, meetings_there = korean.coverage(said_in["ko"])
        print(f"Korean syllables: {syllables} of {syllables_there} that frequent words hold")
        print(f"Korean meetings of coda and onset: {meetings} of {meetings_there}")


if __name__ == "__main__":
    main()
