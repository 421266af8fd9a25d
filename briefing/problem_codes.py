"""The registry of problem codes: for each code its level, who fixes it, and what it protects.

A code that is not in this table cannot be reported. `docs/problems.md` explains each code, in the order of this table.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["error", "warning", "note"]
"""Errors stop a build, warnings do so under `--strict`, notes are work to do that only `todo` lists."""
Role = Literal["writers", "source readers", "publishers"]
"""Who can fix a problem. Source readers check the sources; publishers run the build and look after the output."""


class Code(NamedTuple):
    """One code. `protects` says why an error always stays an error; empty where a site may decide.

    "readers": it keeps readers and the people written about safe, from scripts, broken links, wrong sources and blocked
    names. "build": without it a page would be incomplete, or nothing could be built.
    """

    name: str
    level: Level
    fixed_by: Role
    protects: Literal["", "readers", "build"] = ""


_TABLE = (
    # Files
    Code("no-site", "error", "publishers", "build"),
    Code("misplaced-file", "error", "writers"),
    Code("conflict-copy", "warning", "writers"),
    Code("kind", "error", "writers", "build"),
    Code("field-rules", "error", "writers", "build"),
    Code("symbolic-link", "error", "writers", "build"),
    Code("unreadable-file", "error", "publishers", "build"),
    Code("not-utf8", "error", "writers", "build"),
    Code("control-character", "error", "writers", "build"),
    Code("broken-export", "error", "writers", "build"),
    Code("too-long", "error", "writers", "build"),
    # Front matter and YAML
    Code("no-front-matter", "error", "writers", "build"),
    Code("unclosed-front-matter", "error", "writers", "build"),
    Code("yaml", "error", "writers", "build"),
    Code("yaml-comment", "error", "writers", "build"),
    Code("cut-off", "warning", "writers"),
    Code("open-quotation", "warning", "writers"),
    Code("duplicate-key", "error", "writers", "build"),
    Code("no-fields", "error", "writers", "build"),
    Code("yaml-alias", "error", "writers", "build"),
    Code("yaml-tag", "error", "writers", "build"),
    Code("yaml-documents", "error", "writers", "build"),
    Code("yaml-depth", "error", "writers", "build"),
    Code("yaml-key", "error", "writers", "build"),
    # Fields
    Code("missing-field", "error", "writers", "build"),
    Code("unknown-field", "error", "writers", "readers"),
    Code("unknown-word", "error", "writers", "build"),
    Code("wrong-type", "error", "writers", "build"),
    Code("wrong-form", "error", "writers", "build"),
    Code("empty-field", "error", "writers", "build"),
    Code("impossible-date", "error", "writers", "build"),
    Code("draft", "error", "writers", "readers"),
    Code("sections", "error", "writers", "build"),
    Code("id", "error", "writers", "build"),
    Code("not-one-paragraph", "error", "writers"),
    Code("long-meaning", "error", "writers"),
    Code("status", "error", "writers", "readers"),
    Code("repeated", "warning", "writers"),
    # The text
    Code("heading-level", "error", "writers"),
    Code("heading-link", "error", "writers"),
    Code("duplicate-id", "error", "writers", "readers"),
    Code("list-start", "warning", "writers"),
    Code("list-indent", "warning", "writers"),
    Code("table-link", "error", "writers", "readers"),
    Code("table-row", "error", "writers", "readers"),
    Code("undefined-reference", "error", "writers"),
    Code("single-brackets", "warning", "writers"),
    Code("undefined-footnote", "error", "writers"),
    Code("unused-footnote", "error", "writers"),
    Code("footnote-in-footnote", "error", "writers", "build"),
    Code("footnote-twice", "error", "writers", "build"),
    Code("unclosed-fence", "error", "writers", "build"),
    Code("unclosed-comment", "error", "writers", "readers"),
    Code("other-markdown", "error", "writers"),
    Code("raw-html", "error", "writers", "readers"),
    Code("attribute", "error", "writers", "readers"),
    Code("no-alternative-text", "error", "writers", "readers"),
    Code("missing-picture", "error", "writers", "readers"),
    Code("unlisted-picture", "error", "writers", "readers"),
    Code("picture-size", "error", "writers", "readers"),
    Code("picture-place", "warning", "writers"),
    Code("broken-picture", "warning", "writers"),
    Code("drawing", "error", "writers", "readers"),
    Code("bracket-flood", "error", "writers", "build"),
    Code("crowded-headings", "error", "writers", "build"),
    Code("crowded-lines", "error", "writers", "build"),
    Code("crowded-parts", "error", "writers", "build"),
    Code("crowded-repeats", "error", "writers", "build"),
    Code("long-paragraph", "error", "writers", "build"),
    Code("too-deep", "error", "writers", "build"),
    # Links
    Code("unknown-link", "error", "writers", "readers"),
    Code("ambiguous-link", "error", "writers", "readers"),
    Code("unpublished-target", "error", "writers", "readers"),
    Code("unknown-anchor", "error", "writers", "readers"),
    Code("empty-link", "error", "writers", "readers"),
    Code("unclosed-link", "error", "writers", "readers"),
    Code("nested-link", "error", "writers", "readers"),
    Code("link-scheme", "error", "writers", "readers"),
    Code("local-address", "warning", "writers"),
    Code("link-words", "error", "writers", "readers"),
    Code("lookalike-host", "error", "writers", "readers"),
    Code("unknown-id", "error", "writers", "readers"),
    Code("wrong-kind", "error", "writers", "readers"),
    # Sources and figures
    Code("citation", "error", "writers", "readers"),
    Code("unknown-source", "error", "writers", "readers"),
    Code("unknown-passage", "error", "writers", "readers"),
    Code("uncited", "warning", "writers"),
    Code("unattributed", "warning", "writers"),
    Code("no-reason", "error", "writers"),
    Code("typed-figure", "warning", "writers"),
    Code("too-long-sentence", "warning", "writers"),
    Code("orphan-page", "warning", "writers"),
    Code("edition", "error", "writers", "build"),
    Code("easy-read", "warning", "writers"),
    Code("edition-behind", "warning", "writers"),
    Code("edition-unmarked", "warning", "writers"),
    Code("same-title", "warning", "writers"),
    Code("uncited-source", "warning", "source readers"),
    Code("no-primary-source", "warning", "writers"),
    Code("one-publisher", "warning", "writers"),
    # Words and people
    Code("house-style", "warning", "writers"),
    Code("identifying", "warning", "writers"),
    Code("guarded-name", "error", "writers", "readers"),
    Code("loud-page", "error", "writers", "readers"),
    Code("placeholder-contact", "error", "publishers", "readers"),
    Code("unused-acceptance", "warning", "writers"),
    Code("interface-word", "warning", "publishers"),
    # Dates
    Code("overdue", "warning", "source readers"),
    Code("future-date", "warning", "writers"),
    Code("outdated", "warning", "writers"),
    Code("expired", "error", "writers", "readers"),
    Code("changed-without-note", "warning", "writers"),
    # Addresses
    Code("id-clash", "error", "writers", "build"),
    Code("address-clash", "error", "writers", "build"),
    Code("lost-address", "error", "writers", "readers"),
    Code("lost-anchor", "error", "writers", "readers"),
    Code("unrecorded-address", "note", "publishers"),
    Code("lock-line", "error", "publishers", "readers"),
    Code("kept-words", "error", "publishers", "readers"),
    Code("withdrawn-words", "error", "writers", "readers"),
    Code("unrecorded-words", "note", "publishers"),
    # Links to other sites
    Code("dead-link", "warning", "source readers"),
    Code("moved-link", "warning", "source readers"),
    Code("source-changed", "warning", "source readers"),
    Code("offline", "warning", "publishers"),
    Code("link-health", "error", "publishers", "build"),
    Code("evidence-lock", "error", "publishers", "build"),
    # Work left to do
    Code("unset-setting", "note", "publishers"),
    Code("missing-words", "note", "publishers"),
    Code("no-sources", "note", "writers"),
    Code("no-summary", "note", "writers"),
    Code("undated", "note", "writers"),
    Code("unused", "note", "writers"),
    Code("long-sentence", "note", "writers"),
    Code("unarchived", "note", "publishers"),
    Code("not-kept", "note", "source readers"),
    Code("unreadable-copy", "note", "source readers"),
    Code("no-words", "note", "source readers"),
    Code("not-compared", "note", "publishers"),
    Code("words-elsewhere", "note", "source readers"),
    Code("words-not-found", "note", "source readers"),
    Code("unchecked-support", "note", "source readers"),
    # Templates and output
    Code("template", "error", "publishers", "build"),
    Code("missing-template", "error", "publishers", "build"),
    Code("unused-template", "warning", "publishers"),
    Code("missing-asset", "error", "publishers", "readers"),
    Code("contrast", "error", "publishers"),
    Code("unsafe-output", "error", "publishers", "readers"),
    Code("not-self-contained", "error", "publishers", "readers"),
    Code("no-browser", "error", "publishers", "build"),
    Code("no-index", "error", "publishers", "build"),
    Code("foreign-file", "error", "publishers", "build"),
    Code("unwritable-output", "error", "publishers", "build"),
    Code("half-written", "error", "publishers", "build"),
    Code("output-differs", "error", "publishers", "build"),
    Code("output-missing", "error", "publishers", "build"),
    Code("output-foreign", "error", "publishers", "build"),
    Code("large-site", "warning", "publishers"),
    Code("many-files", "warning", "publishers"),
    Code("impossible-name", "error", "publishers", "build"),
    Code("outside-output", "error", "publishers", "build"),
)

CODES: dict[str, Code] = {code.name: code for code in _TABLE}
"""Every code by its name, in the order of the manual."""
