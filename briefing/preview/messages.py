"""The messages of the preview to the browser: problems with links into an editor, and reloads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

from briefing.preview.session import PreviewState, Session
from briefing.problems import Problem, frame
from briefing.weave.pages.links import SINGLE_FILE

_MOST = 100
"""Problems that are shown at most."""
_MOST_PAGES = 200
"""Changed pages that a message lists at most; more are reported as all pages."""
EDITORS = {
    "code": "vscode://file/{path}:{line}:{column}",
    "vscode": "vscode://file/{path}:{line}:{column}",
    "codium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "subl": "subl://open?url=file://{path}&line={line}&column={column}",
    "mate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
}
"""URL patterns that open a file in an editor, by the editor's command."""


def find_editor(named: str) -> str:
    """Return the URL pattern of an editor, which is named by its command or by a pattern; empty for others."""
    if "{path}" in named:
        return named
    words = named.split()
    return EDITORS.get(Path(words[0]).name.removesuffix(".exe"), "") if words else ""


def status_json(session: Session, state: PreviewState, editor: str, path: str = "") -> str:
    """Return the JSON that a page requests when it has loaded."""
    address = re.sub(r"index\.html$", "", "/" + path.removeprefix(f"{state.base}/"))
    worst_first = sorted(state.problems, key=lambda problem: problem.level != "error")
    errors = sum(problem.level == "error" for problem in state.problems)
    payload = {
        "number": state.number,
        "failed": state.failed,
        "bug": state.bug,
        "errors": errors,
        "warnings": len(state.problems) - errors,
        "problems": [_problem_json(session, problem, editor) for problem in worst_first[:_MOST]],
        "draft": state.drafts.get(address, ""),
    }
    return json.dumps(payload, ensure_ascii=False)


def _problem_json(session: Session, problem: Problem, editor: str) -> dict[str, object]:
    text = session.excerpt(problem.path) if problem.line else None
    place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    shown = {"place": place, "level": problem.level, "code": problem.code, "message": problem.message}
    shown |= {"hint": problem.hint, "frame": frame(problem, text) if text is not None else "", "open": ""}
    if editor and problem.path:
        file = quote((session.project.root / problem.path).as_posix())
        marks = {"path": file, "line": str(max(1, problem.line)), "column": str(max(1, problem.column))}
        shown["open"] = re.sub(r"\{(path|line|column)\}", lambda mark: marks[mark[1]], editor)
    return dict(shown)


def reload_message(state: PreviewState, follow: bool) -> dict[str, object]:
    """Return the message after a build: the LiveReload protocol, plus the fields that our script reads."""
    styles = [path for path in state.changed if path.endswith(".css")]
    edition = SINGLE_FILE.address.removeprefix("/")  # contains the style sheet
    only_style = bool(styles) and set(state.changed) - {edition} == set(styles)
    pages = styles if only_style else sorted(state.changed) if len(state.changed) <= _MOST_PAGES else None
    return {
        "command": "reload",
        "path": styles[0] if only_style else "*",
        "liveCSS": True,
        "number": state.number,
        "failed": state.failed,
        "styles": only_style,
        "changed": pages,
        "base": state.base,
        "follow": f"{state.base}{state.saved}" if follow and state.saved and not state.failed else "",
    }
