"""Read the files of a site into a `Snapshot`.

Reading follows no symbolic link and ignores hidden and temporary files.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from briefing.disk import find_link, link_problem, read_pieces
from briefing.incremental.hashed import Hashed
from briefing.model.files import FILES, FOREIGN_PICTURES, PICTURES, ContentFile, File, Snapshot
from briefing.model.versions import KEPT
from briefing.problems import BuildError, Finding, Problem
from briefing.project import Project

_IGNORED = re.compile(
    r"[._]|~\$|.*~(?:\d+~)?$|#.*#$|.*___jb_(?:old|tmp)___$|4913$|.*_(?:backup|base|local|remote)_\d+\.\w+$"
    r"|.*\.(?:sw[a-z]|tmp|temp|bak|bck|old|orig|rej|save(?:\.\d+)?|part|crdownload|crswap|kate-swp|un~|icloud|lnk)$"
    r"|(?:eh)?thumbs(?:_vista)?\.db$|desktop\.ini$|icon\r?$|\$recycle\.bin$|system volume information$",
    re.IGNORECASE,
)
"""Names that editors, tools and systems give to files and folders of their own."""
_SITE, _LOCK, _HEALTH = "content/site.yaml", "content/addresses.lock", "content/link-health.json"
_EVIDENCE = "content/evidence.lock"
_TEXTS = (".css", ".csv", ".html", ".ics", ".js", ".json", ".md", ".mjs", ".svg", ".txt", ".webmanifest", ".xml")
"""Endings of assets that are texts, whose line ends Git may change on Windows."""
_READ = (".md", ".yaml", ".json")
"""Endings of the content files that a build reads."""


def read(project: Project, before: Snapshot | None = None, changed: Collection[Path] = ()) -> Snapshot:
    """Read every file that the build depends on, once.

    With an earlier snapshot, only the changed content files and folders are read again. Problems with files are in
    the snapshot; raise `BuildError` if there is no site.
    """
    if before and (edited := reread(project, before, changed)):
        return edited
    known = {source.path: source for source in before.sources} if before else {}
    touched = {_shown(path, project.root) for path in changed}
    folders = tuple(f"{_shown(path, project.root)}/" for path in changed if not path.is_file())
    problems: list[Problem] = []
    sources: list[ContentFile] = []
    strays: list[str] = []
    media: list[File] = []
    lock: Hashed[bytes] | None = None
    evidence: Hashed[bytes] | None = None
    health: Hashed[bytes] | None = None
    versions: list[ContentFile] = []
    for relative in _walk(project.content, problems, project.root):
        shown = f"content/{relative}"
        if shown.endswith("/README.md"):
            continue
        if shown.startswith(FILES) or shown.lower().endswith((*PICTURES, *FOREIGN_PICTURES)):
            if (data := _bytes(f"{project.root}/{shown}", shown, problems)) is not None:
                media.append(File(shown, shown, Hashed.of(_as_published(shown, data))))
        elif shown.startswith(KEPT):
            if (data := _bytes(f"{project.root}/{shown}", shown, problems)) is not None:
                versions.append(ContentFile(shown, Hashed.of(_plain_ends(data))))
        elif shown not in (_LOCK, _EVIDENCE, _HEALTH) and not shown.endswith(_READ):
            strays.append(shown)
        elif shown in known and shown not in touched and not shown.startswith(folders):
            sources.append(known[shown])
        elif (data := _bytes(f"{project.root}/{shown}", shown, problems)) is None:
            continue
        elif shown == _LOCK:
            lock = Hashed.of(_plain_ends(data))
        elif shown == _EVIDENCE:
            evidence = Hashed.of(_plain_ends(data))
        elif shown == _HEALTH:
            health = Hashed.of(_plain_ends(data))
        else:
            sources.append(ContentFile(shown, Hashed.of(_plain_ends(data))))
    if not any(source.path == _SITE for source in sources):
        hint = "a site needs content/site.yaml; use --site to name the folder that contains content/"
        none = Finding("no-site", "there is no site here", hint).at(str(project.content / "site.yaml"))
        raise BuildError([*(one for one in problems if one.code in ("unreadable-file", "symbolic-link")), none])
    layers = [_read_layer(folder, problems, is_text=True) for folder in project.templates]
    theme = {path: file for layer in layers[:-1] for path, file in layer.items()}
    own = layers[-1] if layers else {}
    added = tuple(sorted(path for path in own if path not in theme)) if theme else ()
    assets = read_layers(project.assets, problems)
    shown_files = tuple(sorted(media, key=lambda file: file.path))
    return Snapshot(
        tuple(sources),
        _sorted(theme | own),
        assets,
        lock,
        tuple(problems),
        tuple(strays),
        shown_files,
        added,
        evidence,
        health,
        tuple(versions),
    )


def reread(project: Project, before: Snapshot, changed: Collection[Path]) -> Snapshot | None:
    """Return the earlier snapshot with the edited content files; None if anything other than an edit happened."""
    places = {source.path: place for place, source in enumerate(before.sources)}
    sources = list(before.sources)
    for path in changed:
        shown = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else ""
        if shown not in places or find_link(project.root, shown) or not os.path.isfile(path) or before.problems:
            return None
        problems: list[Problem] = []
        data = _bytes(str(path), shown, problems)
        if data is None:
            return None
        place = places[shown]
        sources[place] = replace(sources[place], data=Hashed.of(_plain_ends(data)))
    return replace(before, sources=tuple(sources))


def is_ignored(name: str) -> bool:
    """Whether builds ignore this name: it starts with a dot or an underscore, or an editor or a system made it."""
    return bool(_IGNORED.match(name))


def _walk(folder: Path, problems: list[Problem], root: Path) -> list[str]:
    """Return the relative path of every visible file below a folder, sorted; report links and special files."""
    if os.path.islink(folder):
        problems.append(link_problem(_shown(folder, root)))
        return []
    found, folders = [], [""]
    while folders:
        below = folders.pop()
        try:
            with os.scandir(folder / below) as entries:
                seen = [entry for entry in entries if not is_ignored(entry.name)]
        except OSError as error:
            problems.append(_unreadable(_shown(folder / below, root), error, "folder"))
            continue
        for entry in seen:
            path = below + entry.name
            if not entry.name.isprintable() and (hidden := _refuse_name(entry.name)):
                problems += [one.at(_shown(folder / path, root).encode("utf-8", "replace").decode()) for one in hidden]
            elif entry.is_symlink():
                problems.append(link_problem(_shown(folder / path, root)))
            elif entry.is_dir():
                folders.append(f"{path}/")
            elif not entry.is_file():
                hint = "put a regular file here"
                problems.append(Finding("unreadable-file", "this is not a file", hint).at(_shown(folder / path, root)))
            elif entry.name.isascii() or entry.name.encode("utf-8", "replace").decode() == entry.name:
                found.append(path)
            else:
                hint = "rename it; letters of any language are fine"
                shown = _shown(folder / path, root).encode("utf-8", "replace").decode()
                problems.append(Finding("misplaced-file", "the file name is not valid UTF-8", hint).at(shown))
    return sorted(found, key=lambda path: path.split("/"))


def _refuse_name(name: str) -> list[Finding]:
    """Return what is wrong with a name that has characters that nobody sees or that turn text."""
    from briefing.text.hidden import refuse_in_address  # which few builds need

    findings = [finding for _, finding in refuse_in_address(name)]
    return [replace(finding, message=f"the file name is refused: {finding.message}") for finding in findings]


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _bytes(path: str, shown: str, problems: list[Problem]) -> bytes | None:
    try:
        return b"".join(read_pieces(path))
    except FileNotFoundError:
        return None  # deleted after the folder was listed
    except OSError as error:
        problems.append(_unreadable(shown, error))
        return None


def _unreadable(shown: str, error: OSError, what: str = "file") -> Problem:
    message = f"the {what} cannot be read: {error.strerror}"
    return Finding("unreadable-file", message, "give this account permission to read it").at(shown)


def read_layers(folders: Iterable[Path], problems: list[Problem]) -> tuple[File, ...]:
    """Read several folders; a file of a later folder replaces the file of the same path in an earlier one."""
    return _sorted({path: file for folder in folders for path, file in _read_layer(folder, problems).items()})


def _read_layer(folder: Path, problems: list[Problem], is_text: bool = False) -> dict[str, File]:
    """Read a folder of templates or assets; return its files by their paths in it.

    Texts are the same bytes on every system: without a byte order mark, and with the line ends of Unix. `is_text` says
    that every file is a text, and must be UTF-8.
    """
    files = {}
    for relative in _walk(folder, problems, folder.parent) if os.path.lexists(folder) else ():
        shown = f"{folder.name}/{relative}"
        data = _bytes(f"{folder}/{relative}", shown, problems)
        if data is not None:
            data = _as_published(".html" if is_text else relative, data)
        if data is not None and is_text and not data.isascii():
            problems += _refuse_encoding(shown, data)
        if data is not None:
            files[relative] = File(relative, shown, Hashed.of(data))
    return files


def _refuse_encoding(shown: str, data: bytes) -> list[Problem]:
    """Return what is wrong with a text that is not UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        from briefing.text.source_text import ReadError, decode  # which few builds need

        try:
            decode(shown, data)
        except ReadError as error:
            return [error.problem]
    return []


def _as_published(path: str, data: bytes) -> bytes:
    """Return a file as it is the same on every system: a text has no byte order mark, and the line ends of Unix."""
    return _plain_ends(data).removeprefix(BOM_UTF8) if path.lower().endswith(_TEXTS) else data


def _plain_ends(data: bytes) -> bytes:
    """Return a text with the line ends of Unix, since Git changes them on Windows."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _sorted(files: dict[str, File]) -> tuple[File, ...]:
    return tuple(files[name] for name in sorted(files))
