"""The state of one file while it is parsed: its lines, and what has been found in it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.locale import FALLBACK
from briefing.model.documents import Accepted
from briefing.model.files import Coverage, File
from briefing.model.text import Ref, SentenceBlock, SentenceRun
from briefing.model.vocabulary import OURS, Vocabulary
from briefing.problem_codes import CODES
from briefing.problems import Finding, Problem, Span
from briefing.suggestions import Suggestions
from briefing.text.link_words import check_words, left_out_codes
from briefing.text.source_text import Lines
from briefing.text.web_addresses import check_address, typed_host


@dataclass(slots=True)
class FileContext:
    """What parse writes down about one file while it reads it: the places of references, and problems."""

    path: str
    lines: Lines
    vocabulary: Vocabulary = OURS
    tables: tuple[File, ...] = ()
    """The files of the site that hold tables."""
    spans: list[Span] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hosts: dict[str, Span] = field(default_factory=dict)
    """Every host of another site in the file as it is typed, with its first place."""
    codes: dict[str, Span] = field(default_factory=dict)
    """Every country code that a link calls and its words leave out, with its first place."""
    runs: list[tuple[bool, bool, list[str]]] = field(default_factory=list)
    """Sentences said, each run of them with whether they are checkable and whether they are sourced."""
    starts: list[tuple[int, int]] = field(default_factory=list)
    """Of each text with sentences: the number of the first one, and where the text begins."""
    blocks: list[SentenceBlock] = field(default_factory=list)
    """Tables and lists, with the numbers of their sentences."""
    accepted: list[Accepted] = field(default_factory=list)
    files: dict[str, None] = field(default_factory=dict)
    """The pictures and documents that the file names, as they are typed."""
    bracketed: list[Ref] = field(default_factory=list)
    """What is in single brackets and could be the id of a record."""
    language: str = FALLBACK
    """The language of the text that is being read."""
    easy_read: bool = False
    """Whether the text that is being read is in Easy Read, where each paragraph has a symbol."""
    title: str = ""
    """The title of the record that the file holds, if it holds one. A first heading that repeats it is left out."""
    suggestions: Suggestions = field(default_factory=Suggestions)
    sentence_count: int = 0
    checkable: int = 0
    sourced: int = 0
    exempt: int = 0
    words: int = 0
    """How many words the body of a file has that holds one record."""
    record_cites: bool = False
    """Whether what is being read needs no citation of its own, since its record or entry names its sources."""

    def span(self, start: int, end: int) -> int:
        """Note a place in the file, given by offsets; gives the index to refer to it by."""
        self.spans.append(self.lines.span(start, end))
        return len(self.spans) - 1

    def add_sentence(
        self, sentence: str, start: int, checkable: bool, sourced: bool, exempt: bool = False, covered: bool = False
    ) -> None:
        """Note a sentence for lint, and count it if a reader can check it.

        It is in the text that begins at the offset `start`. `covered` is whether the table or list around it has a
        source for all of it.
        """
        if checkable:
            self.checkable += 1
            self.sourced += sourced or covered
            self.exempt += exempt and not (sourced or covered)
        kind = (checkable and not exempt, sourced)
        if not self.runs or self.runs[-1][:2] != kind:
            self.runs.append((*kind, []))
        self.runs[-1][2].append(sentence)
        if not self.starts or self.starts[-1][1] != start:
            self.starts.append((self.sentence_count, start))
        self.sentence_count += 1

    @property
    def said(self) -> tuple[SentenceRun, ...]:
        """All that has been said so far."""
        return tuple(SentenceRun(tuple(sentences), checkable, sourced) for checkable, sourced, sentences in self.runs)

    @property
    def coverage(self) -> Coverage:
        """How much of it a reader can check, and how much of that is sourced."""
        return Coverage(self.checkable, self.sourced, self.exempt)

    def check_address(self, address: str, words: str, start: int, end: int) -> bool:
        """Note to what an address leads, add what is wrong with it and with its words; return whether it may stay."""
        if host := typed_host(address):
            self.hosts.setdefault(host, self.lines.span(start, end))
        found = list(check_address(address))
        for finding in found:
            self.add_problem(finding, start, end)
        self.check_words(words, address, start, end)
        return all(CODES[finding.code].level != "error" for finding in found)

    def check_words(self, words: str, address: str, start: int, end: int) -> None:
        """Add what is wrong with words that name another address than the one to which they lead."""
        for finding in check_words(words, address):
            self.add_problem(finding, start, end)
        for code in left_out_codes(words, address):
            self.codes.setdefault(code, self.lines.span(start, end))

    def is_reported(self, start: int) -> bool:
        """Whether there is a problem at an offset."""
        span = self.lines.span(start, start)
        return any((one.line, one.column) == (span.line, span.column) for one in self.problems)

    def add_problem(self, finding: Finding, start: int, end: int) -> None:
        """Add a problem at a place given by offsets."""
        self.problems.append(finding.at(self.path, self.lines.span(start, end)))
