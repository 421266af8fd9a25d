"""The words of pages day by day: what was kept, what a build has now, and what it records.

A site that never recorded anything, and does not now, does nothing of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

from briefing.check.names import find_blocked_names, holds_name
from briefing.check.published import LOCK
from briefing.disk import replace_file
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import AnyMemo, Mapper, Memo
from briefing.model.blocked_names import BlockedNames
from briefing.model.documents import Document
from briefing.model.files import ContentFile, Rendered, Snapshot
from briefing.model.steps import DaysInput, NameCheckInput, PagePlan, WordsInput, WovenSite
from briefing.model.versions import (
    KEPT,
    VERSION,
    History,
    KeptPage,
    PageDays,
    ShownPage,
    Version,
    Withdrawal,
    Words,
    file_of,
    page_of,
)
from briefing.pipeline import lazy
from briefing.problems import BuildError, Finding, Problem, Span, name_few
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.suggestions import Names, Suggestions
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """The words that were kept, by the address of their page."""

    pages: Mapping[str, KeptPage]
    problems: tuple[Problem, ...] = ()

    @property
    def days(self) -> tuple[PageDays, ...]:
        """The days of every page."""
        return tuple(page.days for page in self.pages.values())


def read_versions(memo: AnyMemo, snapshot: Snapshot) -> Kept:
    """Read all kept words."""
    files = [file for file in snapshot.versions if file.path.endswith(VERSION)]
    hint = f"move it; only build --record writes into {KEPT}"
    problems = [
        Finding("kept-words", "this is no file of kept words", hint).at(file.path)
        for file in snapshot.versions
        if not file.path.endswith(VERSION)
    ]
    pages: dict[str, KeptPage] = {}
    for held in memo.map("kept words", lazy.read_versions, files) if files else ():
        problems += held.problems
        for page in held.pages:
            other = pages.setdefault(page.address, page)
            if other is not page:
                message = f"the words of {page.address} are also in {other.path}"
                finding = Finding("kept-words", message, "restore both files from the last commit")
                problems.append(finding.at(page.path, Span(page.line, 1)))
    return Kept({} if problems else pages, tuple(problems))


def write_words(
    memo: AnyMemo, mapper: Mapper[Any, Any], woven: WovenSite, documents: Sequence[Document]
) -> dict[str, Words]:
    """Return the words of every page about one record, drafts left out, by address."""
    if woven.site is None:
        return {}
    site, bodies = Hashed.of(woven.site), {document.path: document.body for document in documents}
    unpublished = {address for address, _ in woven.drafts}
    shown = {one.address for one in woven.shown.value if not one.target} - unpublished
    plans = [plan for plan in woven.plans if plan.address in shown]
    inputs = [WordsInput(plan.page, tuple(bodies[path] for path in plan.bodies), site) for plan in plans]
    found = memo.map("words", lazy.write_words, inputs, mapper)
    return {plan.address: words for plan, words in zip(plans, found, strict=True)}


def plan_days(memo: AnyMemo, mapper: Mapper[Any, Any], kept: Kept, woven: WovenSite) -> tuple[PagePlan, ...]:
    """Plan the pages of all days. Those of a page are planned again when it has a new version or another title."""
    if not kept.pages:
        return ()
    hidden = set(woven.hidden)
    shown = {one.address: one for one in woven.shown.value}
    prefixes = [one.prefix for one in woven.site.editions] if woven.site else []
    inputs = [
        DaysInput(page.history, _today(address, shown, prefixes), woven.support)
        for address, page in kept.pages.items()
        if address not in hidden
    ]
    return tuple(chain.from_iterable(memo.map("days", lazy.plan_days, inputs, mapper)))


def _today(address: str, shown: Mapping[str, ShownPage], prefixes: Sequence[str]) -> ShownPage:
    """Return what is at an address today: a page, or the page to which it redirects; without a title if it is gone."""
    page = shown.get(address)
    if page and page.target in shown:
        return replace(shown[page.target], target=page.target)
    if page and not page.target:
        return page
    return ShownPage("", prefix=next((one for one in prefixes if address.startswith(f"{one}/")), ""))


def quiet_days(kept: Kept, woven: WovenSite, plans: Iterable[PagePlan]) -> tuple[tuple[str, str], ...]:
    """Return the addresses of the days of quiet pages, with the files that keep their words."""
    quiet = {address for address, _ in woven.quiet}
    files = {page.address: page.path for page in kept.pages.values() if page.quiet or page.address in quiet}
    found = ((plan.address, page_of(plan.address)) for plan in plans) if files else ()
    return tuple((address, files[page]) for address, page in found if page in files)


def cited_days(kept: Kept, words: Mapping[str, Words]) -> dict[str, str]:
    """Return for each page whose words are those of its newest version the day of that version."""
    return {
        address: page.days.kept[-1]
        for address, page in kept.pages.items()
        if page.days.kept and address in words and words[address].digest == page.newest
    }


def first_shown(kept: Kept, woven: WovenSite) -> tuple[str, ...]:
    """Return the addresses of pages that their own day has published since words were last recorded.

    Nobody can record them before that day, and a build of that day must not fail for it.
    """
    last = max((day for days in kept.days for day in days.kept), default="")
    return tuple(
        one.address for one in woven.anchors.value if one.publish_on > last and one.address not in ("/", *kept.pages)
    )


def check_words(kept: Kept, words: Mapping[str, Words], woven: WovenSite, recording: bool, today: str) -> list[Problem]:
    """Report words that were withdrawn and are still there, days that have not come, and words not recorded.

    A day is given in, since the clock of the writer may be ahead of that of the build.
    """
    problems = []
    tomorrow = str(date.fromisoformat(today) + timedelta(1))
    for address, page in kept.pages.items():
        newest = max((*page.days.kept, *page.days.withdrawn), default="")
        if newest > tomorrow:
            message = f"words of {address} are kept of {newest}, and that day has not come"
            hint = "restore the file from the last commit, or correct the clock of this computer"
            problems.append(Finding("kept-words", message, hint).at(page.path, Span(page.line, 1)))
        if address in words and words[address].digest in page.withdrawn:
            message = f"{address} still has the words that were withdrawn"
            hint = "take out of the page what must not be public, then run build --record"
            problems.append(Finding("withdrawn-words", message, hint).at(page.path, Span(page.line, 1)))
    first = first_shown(kept, woven)
    new = sorted(one for one in words if one not in kept.pages or words[one].digest != kept.pages[one].newest)
    new = [one for one in new if one not in first]
    if new and kept.pages and not recording:
        pages = "a page" if len(new) == 1 else f"{len(new):,} pages"
        message = f"the words of {pages} are not those that were last recorded: {name_few(new)}"
        hint = f"run build --record, then commit {KEPT}"
        problems.append(Finding("unrecorded-words", message, hint).at(LOCK, Span(1, 1)))
    return problems


def record(snapshot: Snapshot, kept: Kept, words: Mapping[str, Words], woven: WovenSite, today: str) -> Snapshot:
    """Return a snapshot in which the words of each page are kept as those of today, where they are new.

    A second version of a day replaces the first. Words that were withdrawn are not recorded.
    """
    shown = {one.address: one for one in woven.shown.value}
    of_kinds = {plan.address: plan.bodies for plan in woven.plans if plan.address in words}
    histories = {address: page.history.value for address, page in kept.pages.items()}
    changed: set[str] = set()
    for address, now in words.items():
        page = kept.pages.get(address)
        if page and (now.digest == page.newest or now.digest in page.withdrawn):
            continue
        of = shown[address]
        before = histories.get(address) or History(address, of.language, of.quiet, ())
        path = before.path or file_of(address, bool(of_kinds[address]))
        if before.versions and before.versions[-1].day > today:
            message = f"the newest version of {address} is of {before.versions[-1].day}, which is after {today}"
            finding = Finding("kept-words", message, "record on that day or later, or restore the file")
            raise BuildError([finding.at(path, Span(before.line, 1))])
        earlier = tuple(one for one in before.versions if one.day != today)
        versions = (*earlier, Version(today, now.lines.value))
        histories[address] = replace(before, language=of.language, quiet=of.quiet, versions=versions, path=path)
        changed.add(path)
    return with_files(snapshot, histories.values(), changed) if changed else snapshot


def with_files(snapshot: Snapshot, histories: Iterable[History], changed: Iterable[str]) -> Snapshot:
    """Return a snapshot with the changed files of kept words as they are now."""
    from briefing.parse.kept_words import write_kept  # which few builds need

    files = {file.path: file for file in snapshot.versions}
    known = list(histories)
    for path in changed:
        data = write_kept(one for one in known if one.path == path)
        files[path] = ContentFile(path, Hashed.of(data))
    return replace(snapshot, versions=tuple(files[path] for path in sorted(files)))


def check_names(memo: AnyMemo, names: BlockedNames, snapshot: Snapshot, kept: Kept) -> list[Problem]:
    """Search the words of all days for names that must never appear, and say how to take them away.

    This process does it, so it knows most words of the site before it shares the pages with others.
    """
    if not names.names:
        return []
    hashed = Hashed.of(names)
    inputs = [NameCheckInput(Rendered(file.path, file.data), file.path, hashed) for file in snapshot.versions]
    holding = {one.path for found in memo.map("guard", find_blocked_names, inputs) for one in found}
    problems = []
    for page in (one for one in kept.pages.values() if one.path in holding):
        texts = {one.day: "\n\n".join(one.lines).encode() for one in page.history.value.versions}
        for one in page.history.value.withdrawn:
            texts[one.day] = texts.get(one.day, b"") + f"\n\n{one.reason}".encode()
        given = [
            NameCheckInput(Rendered(f"{day}.txt", Hashed.of(text)), page.path, hashed) for day, text in texts.items()
        ]
        found = memo.map("guard", find_blocked_names, given)
        days = [day for day, problem in zip(texts, found, strict=True) if problem]
        if days and not holds_name(page.address, names):
            message = f"a name that must never be published is in the words of {page.address} on {', '.join(days)}"
            hint = f'run: briefing withdraw {page.address} {days[0]} --reason "…", for each of these days'
            problems.append(Finding("guarded-name", message, hint).at(page.path, Span(page.line, 1)))
    reported = {problem.path for problem in problems}
    hint = "the command withdraw takes the words of a day away"
    missing = "a name that must never be published is in this file of kept words"
    return problems + [Finding("guarded-name", missing, hint).at(path) for path in sorted(holding - reported)]


class CannotWithdraw(Exception):
    """A withdrawal names no words that are kept, or gives no reason."""


def withdraw(project: Project, address: str, day: str, reason: str) -> tuple[str, tuple[str, ...]]:
    """Take away the words of a day, or of all days if `day` is empty; leave the reason. Return the file and the days.

    Raise `CannotWithdraw` if nothing is kept of the page or the day, or without a reason.
    """
    from briefing.parse.kept_words import words_digest  # which few builds need

    reason = " ".join(reason.split())
    if not reason:
        raise CannotWithdraw('the reason is missing: readers of that day see it; add --reason "…"')
    snapshot = read(project)
    kept = read_versions(Memo(), snapshot)
    if kept.problems:
        raise BuildError(kept.problems)
    page = kept.pages.get(f"/{address.strip('/')}/".replace("//", "/"))
    if page is None:
        close = Suggestions().nearest(address, Names(kept.pages), 1)
        raise CannotWithdraw(
            f"no words are kept of {address}; {f'did you mean {close[0]}?' if close else ''}".rstrip("; ")
        )
    history = page.history.value
    gone = [one for one in history.versions if day in ("", one.day)]
    if not gone:
        days = ", ".join(one.day for one in history.versions) or "none"
        raise CannotWithdraw(f"no words of {page.address} are kept of {day or 'any day'}; days: {days}")
    taken = tuple(Withdrawal(one.day, project.now, words_digest(one.lines), reason) for one in gone)
    left = tuple(one for one in history.versions if one not in gone)
    histories = {one.address: one.history.value for one in kept.pages.values() if one.path == page.path}
    histories[page.address] = replace(history, versions=left, withdrawn=(*history.withdrawn, *taken))
    for file in with_files(snapshot, histories.values(), [page.path]).versions:
        if file.path == page.path:
            replace_file(project.root, file.path, file.data.value)
    return page.path, tuple(one.day for one in gone)
