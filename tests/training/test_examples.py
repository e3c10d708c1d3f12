"""Example voices: who may shape their space, that draws are typical voices of the wanted pitch, and how one settles."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import yaml
from torch import Tensor
from torch.nn.functional import normalize

from training.evaluate import Recording
from training.examples import CATALOGUE, Part, People, Space, fits, read_cast, recordings, settle, write

PART = Part("ann", "Ann", "en", 180.0, {"en": "a voice"}, "Hello, I am Ann, and this is my voice.", "Good morning.")
CLIP = Recording("a1", "libri", "libri.0.tar", "ann", "en", 5.0, 40.0, "", "")


def crowd(count: int = 300, size: int = 12) -> tuple[Tensor, Tensor]:
    """X-vectors that lean to one side the higher the voice is, and the log pitches."""
    generator = torch.Generator().manual_seed(0)
    pitch = 5.2 + 0.15 * torch.randn(count, generator=generator, dtype=torch.float64)
    xvectors = torch.randn(count, size, generator=generator, dtype=torch.float64)
    xvectors[:, 0] += 10 * (pitch - 5.2)
    return normalize(xvectors, dim=1), pitch


def test_only_train_speakers_outside_the_non_commercial_set_are_heard(tmp_path: Path) -> None:
    columns = "utt set shard speaker age lang split seconds snr_db emotion text".split()
    with (tmp_path / "metadata.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(columns)
        writer.writerow(["a1", "libri", "x", "ann", "30", "en", "train", "4.0", "40", "", "one"])
        writer.writerow(["a2", "libri", "x", "ann", "30", "en", "train", "0.6", "40", "", "too short"])
        writer.writerow(["b1", "libri", "x", "bob", "30", "en", "dev", "4.0", "40", "", "two"])
        writer.writerow(["c1", "ravdess", "x", "cleo", "30", "en", "train", "4.0", "40", "", "three"])
    found = recordings(tmp_path)
    assert [[row.utterance for row, _ in rows] for rows in found.values()] == [["a1"]]


@pytest.mark.parametrize(
    ("recording", "age", "fitting"),
    [
        (CLIP, "34", True),
        (CLIP, "", True),
        (CLIP, "9", False),
        (replace(CLIP, emotion="happy"), "34", False),
        (replace(CLIP, snr_db=10.0), "34", False),
    ],
)
def test_children_actors_and_noise_do_not_shape_the_space(recording: Recording, age: str, fitting: bool) -> None:
    assert fits(recording, age) is fitting


def test_draws_are_of_unit_length_follow_the_pitch_and_come_again() -> None:
    xvectors, pitch = crowd()
    space = Space.fit(xvectors, pitch)
    low, high = (space.draw(log_pitch, 200, torch.Generator().manual_seed(3)) for log_pitch in (5.05, 5.35))
    assert torch.allclose(low.norm(dim=1), torch.ones(len(low), dtype=low.dtype))
    assert high[:, 0].mean() - low[:, 0].mean() > 0.3
    assert torch.equal(low, space.draw(5.05, 200, torch.Generator().manual_seed(3)))


def test_draws_are_no_less_typical_than_the_median_person() -> None:
    xvectors, pitch = crowd()
    space = Space.fit(xvectors, pitch)
    assert 0 < len(space.draw(5.2, 400, torch.Generator().manual_seed(1))) < 400
    assert len(space.draw(9.0, 400, torch.Generator().manual_seed(1))) == 0


def test_a_person_is_not_their_own_neighbour() -> None:
    xvectors = normalize(torch.tensor([[1.0, 0.0], [1.0, 1.0], [-1.0, 0.1]]), dim=1)
    people = People(xvectors, torch.zeros(3), torch.ones(3, dtype=torch.bool), torch.zeros(100))
    assert people.neighbours().tolist() == pytest.approx([0.7071, 0.7071, -0.6332], abs=1e-3)
    assert people.nearest(xvectors).tolist() == pytest.approx([1, 1, 1])


def test_a_voice_is_settled_on_what_it_said_itself_and_written_with_its_making(
    bundle_path: Path, tmp_path: Path
) -> None:
    from tts.models.folder import load_bundle
    from tts.settings import load_settings
    from tts.synthesizer import Synthesizer

    synthesizer = Synthesizer(load_bundle(bundle_path), load_settings(device="cpu"))
    xvector = normalize(torch.randn(1, 192, generator=torch.Generator().manual_seed(0)), dim=1)[0]
    first, second = (settle(synthesizer, PART, xvector, torch.zeros(100), seed=1) for _ in range(2))
    assert (first.speech.wave == second.speech.wave).all() and first.stillness == second.stillness
    assert torch.equal(first.drawn, xvector) and first.embedding.prompt.shape[0] == 100

    write(tmp_path, [first], [{"pitch_hz": 180.0}], {"licence": "CC0-1.0"})
    assert read_cast(tmp_path / CATALOGUE) == [PART]
    content = yaml.safe_load((tmp_path / CATALOGUE).read_text(encoding="utf-8"))
    assert content["licence"] == "CC0-1.0" and content["voices"][0]["measured"] == {"pitch_hz": 180.0}
    assert (tmp_path / "ann.flac").is_file()


def test_without_a_catalogue_it_is_said_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=CATALOGUE):
        read_cast(tmp_path / CATALOGUE)
