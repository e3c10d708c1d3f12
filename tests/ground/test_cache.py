"""The model cache: the right bundle is found, and every damage names its file and how to restore it."""

import json
from pathlib import Path

import pytest

from tts.cache import find_bundle, list_bundles, read_manifest, restore_command, verify, write_manifest
from tts.errors import BundleError
from tts.settings import ROOT, Settings, load_settings


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    for name in ("yinse-1", "yinse-2"):
        bundle = tmp_path / name
        (bundle / "extra").mkdir(parents=True)
        (bundle / "bundle.yaml").write_text("name: test\n")
        (bundle / "acoustic.safetensors").write_bytes(bytes(range(256)) * 50)
        (bundle / "extra" / "notes.txt").write_text("notes")
        write_manifest(bundle)
    (tmp_path / "not-a-bundle").mkdir()
    (tmp_path / "README.md").write_text("what lies here")
    return tmp_path


def settings_for(cache: Path, bundle: str = "") -> Settings:
    return load_settings(cache_dir=cache, bundle=bundle)


def test_the_first_or_the_named_bundle_is_found(cache: Path) -> None:
    assert [bundle.name for bundle in list_bundles(cache)] == ["yinse-1", "yinse-2"]
    assert find_bundle(settings_for(cache)).name == "yinse-1"
    assert find_bundle(settings_for(cache, "yinse-2")).name == "yinse-2"


def test_an_unknown_bundle_is_told_with_those_there_are(cache: Path) -> None:
    with pytest.raises(BundleError, match="yinse-1, yinse-2") as caught:
        find_bundle(settings_for(cache, "yinse-9"))
    assert caught.value.code == "bundle_unknown"


def test_an_empty_cache_says_how_to_restore_it(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(BundleError) as caught:
            find_bundle(settings_for(folder))
        assert caught.value.code == "bundle_missing"
    with pytest.raises(BundleError, match="git checkout -- no_such_cache"):
        find_bundle(settings_for(ROOT / "no_such_cache"))


def test_an_intact_bundle_is_verified(cache: Path) -> None:
    found = verify(cache / "yinse-1")
    assert found.ok
    assert found.files == 3
    found.require_ok()


def problem_of(bundle: Path) -> BundleError:
    found = verify(bundle)
    assert not found.ok
    assert len(found.problems) == 1
    with pytest.raises(BundleError):
        found.require_ok()
    return found.problems[0]


@pytest.mark.parametrize("name", ["acoustic.safetensors", "bundle.yaml", "extra/notes.txt"])
def test_a_missing_file_is_named(cache: Path, name: str) -> None:
    (cache / "yinse-1" / name).unlink()
    problem = problem_of(cache / "yinse-1")
    assert problem.code == "bundle_file_missing"
    assert str(cache / "yinse-1" / name) in problem.message("en")
    assert "cp -r" in problem.message("en")


def test_a_cut_off_file_and_a_changed_byte_are_named(cache: Path) -> None:
    file = cache / "yinse-1" / "acoustic.safetensors"
    content = bytearray(file.read_bytes())
    file.write_bytes(content[:100])
    assert "100 of 12800 bytes" in problem_of(cache / "yinse-1").message("en")
    content[7] ^= 1
    file.write_bytes(content)
    problem = problem_of(cache / "yinse-1")
    assert problem.code == "bundle_file_damaged"
    assert "acoustic.safetensors" in problem.message("zh")
    assert verify(cache / "yinse-2").ok


def test_every_problem_is_listed(cache: Path) -> None:
    (cache / "yinse-1" / "acoustic.safetensors").unlink()
    (cache / "yinse-1" / "bundle.yaml").write_text("name: other\n")
    assert len(verify(cache / "yinse-1").problems) == 2


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "{}",
        '{"files": []}', '{"files": {}}', '{"files": {"a": 1}}', '{"files": {"a": {"bytes": "x"}}}',
        '{"files": {"bundle.yaml": {"bytes": 1, "sha256": ""}, "../../secret": {"bytes": 1, "sha256": ""}}}',
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_trusted_is_damaged(cache: Path, content: str) -> None:
    (cache / "yinse-1" / "manifest.json").write_text(content)
    problem = problem_of(cache / "yinse-1")
    assert problem.code == "bundle_file_damaged"
    assert "manifest.json" in problem.message("en")


def test_a_bundle_without_its_manifest_is_still_found_and_told(cache: Path) -> None:
    (cache / "yinse-1" / "manifest.json").unlink()
    assert find_bundle(settings_for(cache)).name == "yinse-1"
    assert problem_of(cache / "yinse-1").code == "bundle_file_missing"


def test_the_manifest_lists_every_file_but_itself(cache: Path) -> None:
    bundle = cache / "yinse-1"
    (bundle / ".DS_Store").write_text("x")
    write_manifest(bundle)
    assert set(read_manifest(bundle)) == {"acoustic.safetensors", "bundle.yaml", "extra/notes.txt"}
    entry = json.loads((bundle / "manifest.json").read_text())["files"]["acoustic.safetensors"]
    assert entry["bytes"] == 12800
    assert len(entry["sha256"]) == 64
    assert not list(bundle.glob("*.part"))


def test_what_lies_in_the_repository_is_restored_by_git() -> None:
    assert restore_command(ROOT / "cache_hub" / "a", "b.safetensors") == "git checkout -- cache_hub/a/b.safetensors"
