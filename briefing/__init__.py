"""Briefing: a generator of static briefing sites, in five steps: read, parse, weave, render, write.

As a library:

    from briefing import Project, build
    report = build(Project.at("my-site", now="2026-01-31"))
    for problem in report.problems:
        print(problem.path, problem.line, problem.message)
"""

TYPE_CHECKING = False  # build.py imports this package before Python can find any other module
if TYPE_CHECKING:
    from briefing.library import Problem, Project, Report, build, check

__version__ = "0.2.0"
__all__ = ["Problem", "Project", "Report", "build", "check"]


def __getattr__(name: str) -> object:
    """Import the library at its first use: the command line does not need all of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from briefing import library

    return getattr(library, name)
