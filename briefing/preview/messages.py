"""What the preview tells the page in the browser: problems with their place and remedy, and where to mend them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

from briefing.preview.session import Desk, Sight
from briefing.problems import Problem, frame
from briefing.weave.pages.indexes import VOLUME

_MOST = 100
"""Problems shown; who has more of them begins with these."""
_MOST_PAGES = 200
"""Pages named one by one in a message; more are told as all of them."""
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
"""Addresses that open a file in an editor, by the editor's command."""


def find_editor(named: str) -> str:
    """Give the address pattern of an editor that is named by its command or by a pattern; empty for others."""
    if "{path}" in named:
        return named
    words = named.split()
    return EDITORS.get(Path(words[0]).name.removesuffix(".exe"), "") if words else ""


def tell(desk: Desk, sight: Sight, editor: str, path: str = "") -> str:
    """Write as JSON what a page is told when it has loaded."""
    address = re.sub(r"index\.html$", "", "/" + path.removeprefix(f"{sight.base}/"))
    worst_first = sorted(sight.problems, key=lambda problem: problem.level != "error")
    errors = sum(problem.level == "error" for problem in sight.problems)
    told = {
        "number": sight.number,
        "failed": sight.failed,
        "bug": sight.bug,
        "errors": errors,
        "warnings": len(sight.problems) - errors,
        "problems": [_problem(desk, problem, editor) for problem in worst_first[:_MOST]],
        "draft": sight.drafts.get(address, ""),
    }
    return json.dumps(told, ensure_ascii=False)


def _problem(desk: Desk, problem: Problem, editor: str) -> dict[str, object]:
    text = desk.excerpt(problem.path) if problem.line else None
    place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    shown = {"place": place, "level": problem.level, "code": problem.code, "message": problem.message}
    shown |= {"hint": problem.hint, "frame": frame(problem, text) if text is not None else "", "open": ""}
    if editor and problem.path:
        whole = quote((desk.project.root / problem.path).as_posix())
        marks = {"path": whole, "line": str(max(1, problem.line)), "column": str(max(1, problem.column))}
        shown["open"] = re.sub(r"\{(path|line|column)\}", lambda mark: marks[mark[1]], editor)
    return dict(shown)


def announce(sight: Sight, follow: bool) -> dict[str, object]:
    """Give the message that follows a build, in the words of the LiveReload protocol, with what else our page reads."""
    styles = [path for path in sight.changed if path.endswith(".css")]
    whole = VOLUME.address.removeprefix("/")  # which holds the style sheet itself
    only_style = bool(styles) and set(sight.changed) - {whole} == set(styles)
    pages = styles if only_style else sorted(sight.changed) if len(sight.changed) <= _MOST_PAGES else None
    return {
        "command": "reload",
        "path": styles[0] if only_style else "*",
        "liveCSS": True,
        "number": sight.number,
        "failed": sight.failed,
        "styles": only_style,
        "changed": pages,
        "base": sight.base,
        "follow": f"{sight.base}{sight.saved}" if follow and sight.saved and not sight.failed else "",
    }
