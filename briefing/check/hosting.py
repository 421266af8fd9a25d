"""Hosting: what GitHub Pages takes, and how near a site is to it.

Pages takes 1 GB, and a deployment ten minutes at most, which a great many files take sooner than a great many bytes.
"""

from __future__ import annotations

from collections.abc import Collection

from briefing.problems import Finding, Problem

MOST_BYTES = 800_000_000
MOST_FILES = 100_000


def check_size(
    sizes: Collection[int], most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES
) -> tuple[Problem, ...]:
    """Warn where the files of a site, by their sizes in bytes, come near to what is taken."""
    problems = []
    if (total := sum(sizes)) > most_bytes:
        message = f"the site has {total / 1e6:,.0f} MB; GitHub Pages allows 1,000 MB"
        hint = "make pictures smaller, or put large files elsewhere and link to them"
        problems.append(Finding("large-site", message, hint).at("output/"))
    if len(sizes) > most_files:
        message = f"the site has {len(sizes):,} files; with more than {most_files:,}, GitHub Pages may run out of time"
        hint = "delete files in assets/ that nobody needs, or split the site in two"
        problems.append(Finding("many-files", message, hint).at("output/"))
    return tuple(problems)
