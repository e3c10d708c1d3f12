"""Write a table of texts: `python -m training.texts --count 60000 --out texts.tsv`."""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import islice
from pathlib import Path

from training.texts import english, mandarin
from training.texts.natural import read_excluded, read_sentences
from training.texts.stream import texts


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
        "--exclude", type=Path, action="append", default=[], help="sentences that may never be said, read likewise"
    )
    parser.add_argument(
        "--natural-share", type=float, default=0.5, help="share of natural sentences where some are given"
    )
    parser.add_argument("--coverage", action="store_true", help="say how many syllables and phone pairs are covered")
    options = parser.parse_args()

    natural, excluded = read_sentences(options.sentences), read_excluded(options.exclude)
    stream = texts(options.seed, natural, excluded, natural_share=options.natural_share)
    rows = list(islice(stream, options.count))
    with options.out.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write("\t".join(row) + "\n")
    print(f"{len(rows)} texts: {dict(Counter(f'{row.language} {row.kind}' for row in rows).most_common())}")
    if options.coverage:
        said, there, missing = mandarin.coverage([row.text for row in rows if row.language == "zh"])
        print(f"Mandarin syllable and tone: {said} of {there}; missing: {' '.join(missing) or 'none'}")
        said, inside, possible = english.coverage([row.text for row in rows if row.language == "en"])
        print(
            f"English pairs of phones: {said} of {possible} ({inside} of {len(english.words_by_pair())} inside words)"
        )


if __name__ == "__main__":
    main()
