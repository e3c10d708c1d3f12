"""The bundles in the model cache: find one, and tell whether its files are the ones that were released.

A bundle is a folder with `manifest.json`: `{"files": {"acoustic.safetensors": {"bytes": 123, "sha256": "…"}}}`; a
file with `"optional": true` may be taken away, but not changed.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

import yaml

from tts.errors import BundleError
from tts.settings import ROOT, Settings

MANIFEST: Final = "manifest.json"
DESCRIPTION: Final = "bundle.yaml"


@dataclass(frozen=True)
class Verification:
    """Result of a check of one bundle; each problem is an error that names its file and how to restore it."""

    path: Path
    files: int
    problems: tuple[BundleError, ...]

    @property
    def ok(self) -> bool:
        return not self.problems

    def require_ok(self) -> None:
        """Raise the first problem, if there is one."""
        if self.problems:
            raise self.problems[0]


class FileEntry(NamedTuple):
    """What the manifest says of one file."""

    bytes: int
    sha256: str
    optional: bool = False


def list_bundles(cache_dir: Path) -> list[Path]:
    """Folders of the bundles in `cache_dir`, by name; damaged ones too, so that they can be named and restored."""
    if not cache_dir.is_dir():
        return []
    return sorted(
        path for path in cache_dir.iterdir() if any((path / name).is_file() for name in (MANIFEST, DESCRIPTION))
    )


def find_bundle(settings: Settings) -> Path:
    """Folder of the bundle that the settings name, or of the first one. `BundleError` where there is none."""
    bundles = list_bundles(settings.cache_dir)
    if not bundles:
        restore = restore_command(settings.cache_dir / settings.bundle)
        raise BundleError("bundle_missing", folder=str(settings.cache_dir), restore=restore)
    if not settings.bundle:
        return bundles[0]
    for bundle in bundles:
        if bundle.name == settings.bundle:
            return bundle
    raise BundleError("bundle_unknown", name=settings.bundle, known=", ".join(bundle.name for bundle in bundles))


def verify(path: Path) -> Verification:
    """Compare every file of the bundle at `path` with its manifest."""
    try:
        entries = read_manifest(path)
    except BundleError as error:
        return Verification(path, 0, (error,))
    problems = (_check(path, name, entry) for name, entry in entries.items())
    return Verification(path, len(entries), tuple(problem for problem in problems if problem))


def read_manifest(path: Path) -> dict[str, FileEntry]:
    """File name -> its size and hash; `BundleError` if the manifest is missing or cannot be trusted."""
    try:
        content = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        entries = {
            str(name): FileEntry(int(entry["bytes"]), str(entry["sha256"]), bool(entry.get("optional")))
            for name, entry in content["files"].items()
        }
    except FileNotFoundError:
        raise _missing(path, MANIFEST) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(path, MANIFEST, "not our JSON") from None
    if DESCRIPTION not in entries or not all(_stays_inside(name) for name in entries):
        raise _damaged(path, MANIFEST, "wrong list of files")
    return entries


def write_manifest(path: Path) -> Path:
    """Write size and hash of every file of the bundle at `path`; returns the manifest."""
    files = sorted(file for file in path.rglob("*") if file.is_file() and not _is_passing(file.relative_to(path)))
    optional = _optional_files(path)
    entries = {}
    for file in files:
        name = file.relative_to(path).as_posix()
        entries[name] = {"bytes": file.stat().st_size, "sha256": _sha256(file)} | (
            {"optional": True} if name in optional else {}
        )
    manifest, written = path / MANIFEST, path / f".{MANIFEST}.part"
    written.write_text(json.dumps({"files": entries}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(written, manifest)
    return manifest


def restore_command(bundle: Path, file: str = "") -> str:
    """Command that brings back the bundle at `bundle`, or one file of it."""
    lost = bundle / file
    if lost.is_relative_to(ROOT):
        return f"git checkout -- {lost.relative_to(ROOT).as_posix()}"
    # A cache outside the repository is refilled from the repository's own.
    return f"cp -r {ROOT / 'cache_hub' / bundle.name / file} {lost.parent}"


def _check(path: Path, name: str, entry: FileEntry) -> BundleError | None:
    file = path / name
    if not file.is_file():
        return None if entry.optional else _missing(path, name)
    try:
        if (size := file.stat().st_size) != entry.bytes:
            return _damaged(path, name, f"{size} of {entry.bytes} bytes")
        if _sha256(file) != entry.sha256:
            return _damaged(path, name, "sha256 differs")
    except OSError as error:
        return _damaged(path, name, error.strerror or "unreadable")
    return None


def _missing(bundle: Path, name: str) -> BundleError:
    return BundleError("bundle_file_missing", file=str(bundle / name), restore=restore_command(bundle, name))


def _damaged(bundle: Path, name: str, reason: str) -> BundleError:
    restore = restore_command(bundle, name)
    return BundleError("bundle_file_damaged", file=str(bundle / name), reason=reason, restore=restore)


def _optional_files(path: Path) -> set[str]:
    """Weights of the parts that the bundle's description calls optional."""
    description = path / DESCRIPTION
    content = yaml.safe_load(description.read_text(encoding="utf-8")) if description.is_file() else None
    parts = content.get("parts") if isinstance(content, dict) else None
    if not isinstance(parts, dict):
        return set()
    return {str(entry["weights"]) for entry in parts.values() if isinstance(entry, dict) and entry.get("optional")}


def _stays_inside(name: str) -> bool:
    pure = PurePosixPath(name)
    return not pure.is_absolute() and ".." not in pure.parts


def _is_passing(relative: Path) -> bool:
    return relative.name == MANIFEST or any(part.startswith((".", "__")) for part in relative.parts)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
