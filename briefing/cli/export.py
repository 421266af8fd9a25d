"""The command `export`: prints the sources of a site for other programs, or its recommendations for other sites."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.check.names import find_blocked_names
from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.incremental.hashed import Hashed
from briefing.model.files import Rendered
from briefing.model.steps import NameCheckInput
from briefing.problems import BuildError, Finding
from briefing.project import Project
from briefing.scaffold.exchange import export_recommendations
from briefing.scaffold.held_sources import export_sources
from briefing.scaffold.imported_names import read_blocked


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Print all records that are not drafts. Raises BuildError if a name that must never be published is in them."""
    project = make_project(options)
    if options.what == "recommendations":
        text = plain = export_recommendations(project)
    else:
        text, plain = (export_sources(project, form) for form in (options.form, "csl-json"))
    _refuse_names(plain, options.what, project)  # in BibTeX, marks are between the letters
    say(text.removesuffix("\n"), sys.stdout)
    return 0


def _refuse_names(text: str, what: str, project: Project) -> None:
    exported = Rendered("export", Hashed.of(text.encode()))
    for names in read_blocked(project):
        if find_blocked_names(NameCheckInput(exported, "", Hashed.of(names))):
            message = f"a name that must never be published is in the {what}, so they are not exported"
            raise BuildError([Finding("guarded-name", message, "run build: it says in which file the name is").at("")])
