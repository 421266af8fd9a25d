"""Whether a site is near the limits of GitHub Pages: 1 GB, and ten minutes for a deployment.

The number of files matters more for the time than their size.
"""

from __future__ import annotations

from collections.abc import Collection

from briefing.problems import Finding, Problem

MOST_BYTES = 800_000_000
MOST_FILES = 100_000


def check_size(
    sizes: Collection[int], most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES
) -> tuple[Problem, ...]:
    """Warn if a site is near the limits; `sizes` are those of its files, in bytes."""
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
