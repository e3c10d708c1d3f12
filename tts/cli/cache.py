"""`cache`: the model bundles on this machine."""

from argparse import Namespace

from tts.cache import find_bundle, list_bundles, verify
from tts.cli.console import Console
from tts.errors import BundleError
from tts.settings import Settings


def run(options: Namespace, settings: Settings, console: Console) -> int:
    return _list(settings, console) if options.action == "list" else _verify(options, settings, console)


def _list(settings: Settings, console: Console) -> int:
    bundles = []
    for path in list_bundles(settings.cache_dir):
        size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        bundles.append({"name": path.name, "path": str(path), "bytes": size})
    if not bundles and not console.json:
        find_bundle(settings)
    text = "\n".join(f"{bundle['name']}  {int(str(bundle['bytes'])) / 1e6:.1f} MB" for bundle in bundles)
    console.result({"bundles": bundles}, text)
    return 0


def _verify(options: Namespace, settings: Settings, console: Console) -> int:
    path = find_bundle(settings.model_copy(update={"bundle": options.bundle}) if options.bundle else settings)
    checked = verify(path)
    problems = [{"code": problem.code, "message": problem.message(console.language)} for problem in checked.problems]
    for problem in checked.problems:
        console.error(problem)
    content = {"bundle": path.name, "ok": checked.ok, "files": checked.files, "problems": problems}
    if checked.ok or console.json:
        console.result(content, f"{path.name}  {checked.files} files  ok")
    return 0 if checked.ok else BundleError.exit_code
