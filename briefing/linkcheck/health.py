"""Check the external links of a site: report a link as dead after failures on three days.

Not part of a build. Servers have bad days, and some refuse all programs, so one failure means nothing. Results are kept
in `content/link-health.json`, which a person commits: one line for each address, so that differences are readable.
"""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from briefing.disk import read_file, replace_file
from briefing.linkcheck.client import GOOD, POLITE, Client, LinkResult, Politeness, Verdict, host_of, tidy
from briefing.model.documents import Document
from briefing.model.records import SourceDetail
from briefing.model.site import menu_links
from briefing.model.steps import Source
from briefing.model.text import ParsedProse
from briefing.model.walk import find_parts
from briefing.parse.document import parse
from briefing.parse.link_health import ENOUGH
from briefing.parse.vocabulary import read_sources
from briefing.problems import WHOLE_FILE, Finding, Problem, Span, arrange, has_errors
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.text.source_text import Lines
from briefing.values import dataclass

HEALTH = "content/link-health.json"
"""Kept with the content and committed, since the next check may run on another machine."""
_STRIKES: tuple[Verdict, ...] = ("gone", "broken")
"""Verdicts that count as failures. A page that refuses programs, or is slow, still works for readers."""
_HREF = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]*)"', re.IGNORECASE)
"""A link in the HTML that parse makes. Internal links are placeholders there, so every match is external."""
_MORE = r"(?!\.?[\w/?#&=%~+-])"
"""What must not follow an address in a file, because it would be part of a longer address."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the content that contains an address, and the archived copy that its source names."""

    address: str
    path: str
    place: Span
    archived: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of an address: the last verdict and status, the last good day, and the days of failures since."""

    verdict: str = ""
    status: int = 0
    good: str = ""
    strikes: tuple[str, ...] = ()


def examine(
    project: Project,
    politeness: Politeness = POLITE,
    pause: Callable[[float], None] = time.sleep,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Problem, ...]:
    """Request every address of a site once, keep the results, and report dead and moved links.

    `tell` gets the number of results so far and the total.
    """
    snapshot = read(project)
    _, sources = read_sources(snapshot)
    documents = [parse(source) for source in sources]
    uses = gather(sources, documents)
    try:
        known = recall(project)
    except (ValueError, TypeError, AttributeError, LookupError):
        hint = "restore it from the last commit, or delete it to start counting again"
        return (Finding("link-health", "the results of earlier link checks cannot be read", hint).at(HEALTH),)
    results = Client(politeness, pause).check_all(sorted({use.address for use in uses}), tell)
    if _offline(results):
        message = f"none of {len(results)} addresses responded, so no result was saved"
        hint = "check the connection of this machine, then try again"
        return (Finding("offline", message, hint).at(HEALTH),)
    health = remember(known, results, project.now)
    unread = any(problem.code == "unreadable-file" for problem in snapshot.problems)
    if not unread and not any(has_errors(document.problems) for document in documents):
        # Only if every file could be read: otherwise an address that seems unused may only be hidden.
        health = {address: health[address] for address in results}
    keep(project, health)
    return arrange(report(uses, results, health))


# Addresses in the content


def gather(sources: Iterable[Source], documents: Sequence[Document]) -> tuple[Use, ...]:
    """Find every external address in the content: in fields and in running text."""
    records = [record for document in documents for record in document.outline.value.records]
    works = [record.detail for record in records if isinstance(record.detail, SourceDetail)]
    copies = {tidy(work.url): work.archived_url for work in works if work.url and work.archived_url}
    found: dict[Use, None] = {}
    for source, document in zip(sources, documents, strict=True):
        lines = Lines.of(source.data.value.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
        for typed, span in _typed(document):
            if address := tidy(typed):
                place = _place(lines, typed, span)
                found[Use(address, document.path, place, copies.get(address, ""))] = None
    return tuple(found)


def _typed(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield every address as it was written, with the place of its record."""
    outline = document.outline.value
    for record in outline.records:
        span = document.spans.value[record.span]
        for name in ("url", "archived_url"):
            yield getattr(record.detail, name, ""), span
        texts = [part.html for part, _ in find_parts(record) if isinstance(part, ParsedProse)]
        for address in _HREF.findall("".join([*texts, document.body.value])):
            yield html.unescape(address), span
    if site := outline.site:
        named = (site.publisher, site.safety.exit, site.licence, *menu_links(site))
        for address in (site.contact.url, *(one.url for one in named)):
            yield address, WHOLE_FILE


def _place(lines: Lines, typed: str, span: Span) -> Span:
    """Return the place of an address at or after the start of its record; that start if it is not found."""
    found = re.compile(re.escape(typed) + _MORE).search(lines.text, lines.offset(max(0, span.line - 1), 0))
    return lines.span(found.start(), found.end()) if found else span


# Results


def recall(project: Project) -> dict[str, Health]:
    """Read the results of earlier checks, by address."""
    listed = json.loads(read_file(project.root, HEALTH) or b"{}")
    return {address: Health(**{**known, "strikes": tuple(known["strikes"])}) for address, known in listed.items()}


def keep(project: Project, health: Mapping[str, Health]) -> None:
    """Write the results, one line for each address in sorted order."""
    lines = [f" {json.dumps(address)}: {json.dumps(asdict(health[address]))}" for address in sorted(health)]
    replace_file(project.root, HEALTH, ("{\n" + ",\n".join(lines) + "\n}\n").encode())


def remember(known: Mapping[str, Health], results: Mapping[str, LinkResult], day: str) -> dict[str, Health]:
    """Add the results of a day: a good one clears all failures, and failures count once a day."""
    health = dict(known)
    for address, result in results.items():
        before = known.get(address, Health())
        good, strikes = before.good, before.strikes
        if result.verdict in GOOD:
            good, strikes = day, ()
        elif result.verdict in _STRIKES:
            strikes = tuple(sorted({*strikes, day}))[:ENOUGH]
        health[address] = Health(result.verdict, result.status, good, strikes)
    return health


def _offline(results: Mapping[str, LinkResult]) -> bool:
    """Whether our own connection is broken: several hosts, and no response from any."""
    return len({host_of(address) for address in results}) > 1 and not any(one.status for one in results.values())


def report(uses: Iterable[Use], results: Mapping[str, LinkResult], health: Mapping[str, Health]) -> Iterator[Problem]:
    """Yield a warning at every place of a dead or moved address."""
    for use in uses:
        result, known = results[use.address], health[use.address]
        if len(known.strikes) >= ENOUGH:
            look = f"look for a copy at https://web.archive.org/web/*/{use.address}"
            last = f"it last worked on {known.good}" if known.good else "it has never worked"
            message = f"{use.address} did not work on {ENOUGH} days since {known.strikes[0]}; {last}"
            hint = f"link to the archived copy: {use.archived}" if use.archived else f"find its new address, or {look}"
            yield Finding("dead-link", message, hint).at(use.path, use.place)
        elif result.verdict == "moved":
            message = f"{use.address} has permanently moved to {result.moved_to}"
            hint = "check that it still says the same, then write the new address here"
            yield Finding("moved-link", message, hint).at(use.path, use.place)
