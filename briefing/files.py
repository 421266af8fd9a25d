"""Files: take a snapshot of a site's folder, and make a folder hold exactly the files of a build.

Reading follows no symbolic links and looks at nothing whose name starts with a dot or an underscore. Writing compares
contents, never clocks: what is the same stays, what differs is replaced whole, what an earlier build of ours made and
this one does not is removed, and a file that is not ours is never touched.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from briefing.memo import Stored
from briefing.model import KINDS, File, Rendered, Snapshot, Source
from briefing.problems import BuildError, Problem, nearest

MANIFEST = "manifest.json"
_LONGEST_NAME = 255
"""Bytes that the usual file systems allow for one name."""
_TEMPORARY = ".briefing-part-"
_HOMES = {kind.home: kind.name for kind in KINDS}
_TEXTS = {"briefs": (".md", ".yaml"), "pages": (".md",)}
"""Endings of the kinds that have a file of their own for each record; the others are YAML lists."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where a site is and where it goes. Folders later in `templates` and `assets` override earlier ones."""

    root: Path
    output: Path
    templates: tuple[Path, ...]
    assets: tuple[Path, ...]
    now: str
    base_url: str = ""
    """Overrides the settings where not empty."""
    drafts: bool = False
    record: bool = False
    """Whether this build records its addresses as published."""
    search: bool = False
    """Whether this build makes the search index."""
    pdf: bool = False
    """Whether this build prints the whole briefing as a PDF."""

    @property
    def content(self) -> Path:
        """The writers' folder."""
        return self.root / "content"

    @property
    def memo(self) -> Path:
        """The file of answers already known."""
        return self.root / ".cache" / "memo.sqlite"


def read(project: Project, before: Snapshot | None = None, changed: Collection[Path] = ()) -> Snapshot:
    """Read every file that the build depends on, once, and say which of them have no place here.

    Where an earlier snapshot is given, content that is not among the files changed since is taken from it.
    """
    if before and (edited := _edited(project, before, changed)):
        return edited
    known = {source.path: source for source in before.sources} if before else {}
    problems: list[Problem] = []
    sources: list[Source] = []
    lock: Stored[bytes] | None = None
    if not (project.content / "site.yaml").is_file():
        hint = "a site needs content/site.yaml; --site names the folder that holds content/"
        raise BuildError([Problem(str(project.content / "site.yaml"), 0, 0, "no-site", "there is no site here", hint)])
    for path in _walk(project.content, problems, project.root):
        shown = path.relative_to(project.root).as_posix()
        kind = _kind(path.relative_to(project.content), shown, problems)
        if kind and shown in known and path not in changed:
            sources.append(known[shown])
        elif kind:
            data = _bytes(path, shown, problems)
            if data is not None and kind == "lock":
                lock = Stored.of(data)
            elif data is not None:
                sources.append(Source(shown, kind, Stored.of(data)))
    templates = _layers(project.templates, problems)
    assets = _layers(project.assets, problems)
    return Snapshot(tuple(sources), templates, assets, lock, tuple(problems))


def _edited(project: Project, before: Snapshot, changed: Collection[Path]) -> Snapshot | None:
    """Give an earlier snapshot with the texts that have been edited since; None where anything else has happened."""
    places = {source.path: place for place, source in enumerate(before.sources)}
    sources = list(before.sources)
    for path in changed:
        shown = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else ""
        if shown not in places or path.is_symlink() or not path.is_file() or before.problems:
            return None
        place = places[shown]
        sources[place] = replace(sources[place], data=Stored.of(path.read_bytes()))
    return replace(before, sources=tuple(sources))


def _walk(folder: Path, problems: list[Problem], root: Path) -> Iterator[Path]:
    """Give every visible file below a folder, sorted by path; report links that lead elsewhere."""
    found = []
    for where, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if name[0] not in "._"]
        for name in folders + names:
            path = Path(where, name)
            if path.is_symlink():
                message = "a symbolic link is not followed"
                hint = "put the file itself here"
                problems.append(Problem(_shown(path, root), 0, 0, "symbolic-link", message, hint))
        found += [Path(where, name) for name in names if name[0] not in "._"]
    for path in sorted(path for path in found if not path.is_symlink()):
        if path.name.isascii() or path.name.encode("utf-8", "replace").decode() == path.name:
            yield path
        else:
            hint = "rename it; letters of any script are fine"
            shown = _shown(path, root).encode("utf-8", "replace").decode()
            problems.append(Problem(shown, 0, 0, "misplaced-file", "the file's name is not UTF-8", hint))


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _bytes(path: Path, shown: str, problems: list[Problem]) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        problems.append(Problem(shown, 0, 0, "unreadable-file", message, "give this account the right to read it"))
        return None


def _kind(relative: Path, shown: str, problems: list[Problem]) -> str:
    """Tell what kind of record a content file holds by where it stands; empty where it holds none."""
    if relative.name == "README.md" or relative.as_posix() == "link-health.json":
        return ""
    if relative.as_posix() == "site.yaml":
        return "site"
    if relative.as_posix() == "addresses.lock":
        return "lock"
    if relative.as_posix() == "never-publish.yaml":
        return "never-publish"
    home = relative.parts[0] if len(relative.parts) > 1 else relative.stem
    kind = _HOMES.get(home, "")
    is_list = home not in _TEXTS
    allowed = (".yaml",) if is_list else _TEXTS[home]
    deep_enough = len(relative.parts) == 2 or (is_list and len(relative.parts) == 1)
    if kind and deep_enough and relative.suffix in allowed:
        return kind
    if not kind:
        close = nearest(home, _HOMES)
        hint = f"did you mean {close[0]}?" if close else f"content holds site.yaml and {', '.join(sorted(_HOMES))}"
    else:
        hint = f"{home} are files ending in {' or '.join(allowed)}" + (
            " in that folder" if len(relative.parts) > 2 else ""
        )
    problems.append(Problem(shown, 0, 0, "misplaced-file", "no record is kept in a file of this name", hint))
    return ""


def _layers(folders: Iterable[Path], problems: list[Problem]) -> tuple[File, ...]:
    """Read folders of which the later override the earlier, file by file."""
    files: dict[str, File] = {}
    for folder in folders:
        for path in _walk(folder, problems, folder.parent) if folder.is_dir() else ():
            shown = _shown(path, folder.parent)
            data = _bytes(path, shown, problems)
            if data is not None:
                relative = path.relative_to(folder).as_posix()
                files[relative] = File(relative, shown, Stored.of(data))
    return tuple(files[name] for name in sorted(files))


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did: paths of files made or replaced, files removed, and the number left as they were."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int


def write(output: Path, files: Iterable[Rendered]) -> Written:
    """Make the folder hold exactly these files, besides those that are not ours."""
    wanted = {file.path: file.data for file in files}
    ours = _manifest(output)
    _refuse_foreign(output, wanted, ours)
    output.mkdir(parents=True, exist_ok=True)
    text = _manifest_text({path: data.digest for path, data in wanted.items()})
    if text != _text(output / MANIFEST):
        # Named first, so that an interrupted build leaves no file that the next one does not know as ours.
        replace_file(output / MANIFEST, _manifest_text({**ours, **dict.fromkeys(wanted, "")}).encode())
    removed = sorted(set(ours) - set(wanted))
    needed = {parent for path in wanted for parent in _parents(path)}
    for path in removed:
        if path in needed or not set(_parents(path)).isdisjoint(wanted):
            _remove(output, path)  # a file of ours where a folder must be now, or the other way round
    changed, same = [], 0
    for path, data in wanted.items():
        target = output / path
        if _digest(target) == data.digest:
            same += 1
        else:
            replace_file(target, data.value)
            changed.append(path)
    for path in removed:
        _remove(output, path)
    if text != _text(output / MANIFEST):
        replace_file(output / MANIFEST, text.encode())
    return Written(tuple(sorted(changed)), tuple(removed), same)


def clean(output: Path) -> tuple[str, ...]:
    """Remove every file that a build of ours made, and say which."""
    ours = sorted(_manifest(output))
    for path in [*ours, MANIFEST]:
        _remove(output, path)
    return tuple(ours)


def _manifest_text(digests: dict[str, str]) -> str:
    return json.dumps({"files": dict(sorted(digests.items()))}, ensure_ascii=False, indent=1) + "\n"


def _manifest(output: Path) -> dict[str, str]:
    """What an earlier build says that it made here; nothing where no build of ours was, or its list is broken."""
    try:
        listed = dict(json.loads(_text(output / MANIFEST) or "{}").get("files", {}))
    except (ValueError, AttributeError, TypeError):
        return {}
    return {path: digest for path, digest in listed.items() if _inside(output, path) and not (output / path).is_dir()}


def _inside(output: Path, path: str) -> bool:
    """Say whether a path stays within the output folder, whatever it is made of."""
    return bool(path) and (output / path).resolve().is_relative_to(output.resolve()) and path != MANIFEST


def _refuse_foreign(output: Path, wanted: dict[str, Stored[bytes]], ours: dict[str, str]) -> None:
    """Stop before anything is written where a file of somebody else's stands in the way, or a path leads outside."""
    problems = []
    folders = {parent.as_posix() for path in wanted for parent in PurePosixPath(path).parents}
    for path, data in wanted.items():
        shown = f"{output.name}/{path}"
        if "\0" in path or any(len(part.encode()) > _LONGEST_NAME for part in path.split("/")):
            message = f"no disk takes a name of more than {_LONGEST_NAME} bytes, or one with a null in it"
            problems.append(
                Problem(shown[:120].replace("\0", "?"), 0, 0, "impossible-name", message, "choose a shorter id")
            )
        elif path in folders:
            message = "this file would stand where a folder of the site must be"
            problems.append(Problem(shown, 0, 0, "foreign-file", message, "choose another redirect_from"))
        elif any((output / one).is_file() and one not in ours for one in _parents(path)):
            message = "a file that no build made stands where this build needs a folder"
            hint = "move it away, or name another folder with --output"
            problems.append(Problem(shown, 0, 0, "foreign-file", message, hint))
        elif not _inside(output, path):
            problems.append(
                Problem(shown, 0, 0, "outside-output", "this file would be written outside the output folder")
            )
        elif path not in ours and (output / path).exists() and _digest(output / path) != data.digest:
            message = "a file that no build made stands where this build would write"
            hint = "move it away, or name another folder with --output"
            problems.append(Problem(shown, 0, 0, "foreign-file", message, hint))
    if problems:
        raise BuildError(problems)


def replace_file(target: Path, data: bytes) -> None:
    """Put a whole file in place at once: a reader sees the old one or the new one, never a part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(_TEMPORARY + target.name)
    part.write_bytes(data)
    os.replace(part, target)


def _parents(path: str) -> list[str]:
    return [parent.as_posix() for parent in PurePosixPath(path).parents if parent.name]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _remove(output: Path, path: str) -> None:
    """Remove one file and the folders that it leaves empty."""
    target = output / path
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == output or not folder.is_relative_to(output) or any(folder.iterdir()):
            break
        folder.rmdir()
