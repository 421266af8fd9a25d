"""Puts what is known of copies beside each source and passage, and takes the words for checking away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.model.evidence import UNCHECKED, WHY, Evidence, KeptCopy, PassageResult, State, digest_given
from briefing.model.records import Passage, Record, SourceDetail
from briefing.model.text import ParsedProse
from briefing.problems import Finding

NOT_KEPT = KeptCopy("")
"""What stands for the copy of a source that has none."""


def attach_evidence(records: Iterable[Record], evidence: Evidence | None) -> Iterator[Record]:
    """Yield the records, each source with what is known of it. No record has words for checking any more.

    A result counts only for the words and the locator that it was found for, in the copy that is kept now.
    """
    copies = dict(evidence.copies) if evidence else {}
    results = dict(evidence.results) if evidence else {}
    for record in records:
        work = record.detail
        if not isinstance(work, SourceDetail) or not (evidence or any(one.words for one in work.passages)):
            yield record
            continue
        copy = copies.get(record.id, NOT_KEPT)
        passages = tuple(
            replace(
                one, words="", result=_result(one, copy, results.get(f"{record.id}#{one.id}")) if evidence else None
            )
            for one in work.passages
        )
        known: SourceDetail[ParsedProse] = replace(work, passages=passages, copy=copy if evidence else None)
        yield replace(record, detail=known)


def leave_dead_links(records: Iterable[Record], dead: tuple[str, ...]) -> Iterator[Record]:
    """Yield the records; a source whose address is dead and that has an archived copy leads only to the copy."""
    gone = frozenset(dead)
    for record in records:
        work = record.detail
        if gone and isinstance(work, SourceDetail) and work.archived_url:
            address = work.url.partition("#")[0]
            if address in gone or f"{address}/" in gone:  # checks ask for the page “/” of a host alone
                copy_only: SourceDetail[ParsedProse] = replace(work, url="")
                record = replace(record, detail=copy_only)
        yield record


def _result(passage: Passage, copy: KeptCopy, known: PassageResult | None) -> PassageResult:
    if not _gives_words(passage):
        return UNCHECKED
    given = digest_given(passage.locator, passage.starts, passage.ends, passage.words)
    holds = known and copy.digest and (known.given, known.copy) == (given, copy.digest[:16])
    return known if known and holds else replace(UNCHECKED, given=given)


def _gives_words(passage: Passage) -> bool:
    """Whether a passage has enough words to look for: three, or some in a language without spaces between words."""
    words = passage.words or f"{passage.starts} {passage.ends}"
    return len(words.split()) > 2 or not words.isascii()


def check_evidence(record: Record) -> Iterator[Finding]:
    """Yield what is left to do to compare the passages of a source, on a site that compares passages."""
    work = record.detail
    if not isinstance(work, SourceDetail) or work.copy is None or not work.passages:
        return
    name, copy, states = record.id, work.copy, {one.id: one.result or UNCHECKED for one in work.passages}
    if not any(one.given for one in states.values()):
        yield Finding(
            "no-words", f"no passage of “{name}” gives words to look for", "add words: from the source to each"
        )
    elif copy.obstacle:
        message = f"the words of “{name}” cannot be compared: {WHY[copy.obstacle]}"
        yield Finding("unreadable-copy", message, f"keep one with text: keep {name} --from FILE")
    elif not copy.digest:
        yield Finding("not-kept", f"no copy of “{name}” was kept", f"keep {name}, or keep {name} --from FILE")
    else:
        yield from _check_results(name, states)


def _check_results(name: str, states: dict[str, PassageResult]) -> Iterator[Finding]:
    def listed(state: State) -> list[str]:
        return [passage for passage, one in states.items() if one.given and one.state == state]

    if silent := [passage for passage, one in states.items() if not one.given]:
        message = f"passages of “{name}” give no words to look for: {', '.join(silent)}"
        yield Finding("no-words", message, "add words: from the source to each")
    if old := listed("unchecked"):
        yield Finding("not-compared", f"passages of “{name}” were not compared: {', '.join(old)}", f"evidence {name}")
    for passage in listed("elsewhere"):
        page = states[passage].label or states[passage].page
        message = f"the words of “{name}#{passage}” are not where its locator says, but on page {page}"
        yield Finding("words-elsewhere", message, f"correct the locator, then: evidence {name}")
    for passage in listed("not-found"):
        message = f"the words of “{name}#{passage}” are not in the copy"
        yield Finding("words-not-found", message, f"evidence {name} shows the place that is most like them")
