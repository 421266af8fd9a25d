"""Many more mistakes, each with the place where it must be found, marked in what is typed.

A row says what is typed into which file. In what is typed, `‸` is before the exact character that the build must point
at; it is taken out before the file is written, so no line or column is counted by hand. Where a mistake has no place
inside its file, or is reported in another one, the row says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefing.check.name_list import add
from briefing.problem_codes import Level

MARK = "‸"
Found = tuple[str, str, int, int, Level]
"""What is compared of a problem: code, path, line, column and level."""

GOOD = """\
-- content/site.yaml --
title: The Riverside Library
tagline: What the town library does, and how we know
base_url: https://library.example/guide
language: en-GB
publisher: {name: Friends of the Library, url: "https://friends.example/"}
contact: friends@library.example
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
navigation:
  - {label: A to Z, to: /a-z/}
  - {label: Sources, to: /sources/}
footer: [{label: Support, to: /support/}, {label: Help, to: /help/}]
questions: [{ask: When is it open?, answer: hours}]
policies: {principles: /about/}
safety:
  exit: {url: "https://weather.example/", label: Leave}
  quiet_words: [overdue]
  pictures: [{file: map.svg, reason: Shows the river.}]
-- content/pages/index.md --
---
title: The Riverside Library
summary: Everything about the library on the river.
---
Welcome to the library.
-- content/briefs/hours.md --
---
title: Opening hours
summary: When the library is open, and why.
as_of: 2026-01-10
check_by: 2027-01-10
aka: [The hours]
in_brief: ["It opens at 9 on weekdays [@minutes, p. 3]."]
not_known: [sundays]
redirect_from: [/opening/]
changes: [{date: 2026-01-10, kind: first, text: First published.}]
needs_primary: true
---
The [[river-town|town]] pays for [[=weekly-hours]] hours a week [@minutes#evenings; see @survey, table 3].[^1]

## When we open {#when}

![A map of the river](map.svg)

1. On weekdays, as [[ada]] wished
    - and on Saturdays

| Day | Who says so |
|---|---|
| Monday | [[board\\|The board]] |

## Why {#why}

A [loan][terms] may be [renewed](../pages/about.md#loans) at [any time](#when), see `[[nowhere]]` and \\[[x]].

```
[[nowhere]] [@nobody] <script> [a][b]
```

[terms]: https://terms.example/
[^1]: The [[winter]] is another matter.
-- content/pages/about.md --
---
title: About this site
summary: Who makes it.
---
We are readers, see [[loan]].

## Loans
-- content/pages/help.md --
---
title: Help
summary: Where to ask.
---
Ask at the desk.
-- content/sources.yaml --
- id: minutes
  type: report
  title: Minutes of the board
  publisher: The Board
  issued: 2025-11-03
  tier: primary
  URL: https://board.example/minutes
  archived: {url: "https://archive.example/minutes", date: 2025-12-01}
  passages: [{id: evenings, locator: p. 4, says: More people came in the evening.}]
- {id: survey, type: dataset, title: Survey, author: The Readers, issued: 2025, tier: research, link_ok: false}
-- content/numbers.yaml --
- {id: weekly-hours, value: "1,234", label: Hours, definition: Hours in a year., as_of: 2025, source: "minutes, p. 3"}
-- content/people.yaml --
- {id: ada, name: Ada Reed, summary: Chairs the board., as_of: 2026}
-- content/organisations.yaml --
- {id: board, name: The Board, summary: Runs the library., as_of: 2026}
-- content/places.yaml --
- {id: river-town, name: Rivertown, summary: A town on the river., as_of: 2026}
-- content/glossary.yaml --
- {id: loan, term: Loan, meaning: A book taken home.}
-- content/events.yaml --
- {id: winter, date: 2025-12, title: The winter hours began, who: [ada], where: [river-town], sources: minutes}
-- content/recommendations.yaml --
- id: later
  number: 1
  title: Open later
  asks: That the library open later.
  wording: {read: full, note: As adopted.}
  said: [{date: 2025-11, to: accepted, text: It will., who: board, sources: minutes}]
  done: []
  judged: []
  as_of: 2026-01-10
-- content/unknowns.yaml --
- {id: sundays, question: Will it open on Sundays?, why: Nobody knows., who_could_answer: "The [[board]]."}
-- content/support.yaml --
- {id: desk, name: The help desk, who_for: Readers, number: "0123", checked: 2026-01-09}
-- content/house-style.yaml --
- {id: customers, avoid: [customers], prefer: Write readers., why: Nobody buys a book here., source: minutes}
-- assets/face.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"></svg>
-- assets/map.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"></svg>
"""
"""A site with every kind of record and every way to refer to one, without any problem."""


NO_HELP = GOOD.split("-- content/site.yaml --\n")[1].split("-- content/")[0].replace(", {label: Help, to: /help/}", "")
"""The settings of the site without a page of help."""


@dataclass(frozen=True)
class Row:
    """One mistake: what is typed into which file, and which problem the build must report."""

    name: str
    path: str
    typed: str
    """The whole file; if `old` is given, what replaces it; if `link` is true, the target of a symbolic link."""
    code: str
    """The code of the problem; if one mistake gives several problems, their codes in the order of their marks."""
    hint: str = ""
    """Words of the hint."""
    level: Level = "error"
    says: str = ""
    """Words of the message, if it names another place or a suggestion."""
    at: tuple[str, int, int] = ("", 0, 0)
    """The place of the problem if it is not marked: path (empty for the row's own), line and column."""
    old: str = ""
    more: tuple[tuple[str, str], ...] = ()
    """Other files that it needs."""
    encoding: str = "utf-8"
    now: str = ""
    link: bool = False
    gone: bool = False
    """Whether the mistake is that the file was deleted."""
    recorded: bool = False
    """Whether the addresses of the site were recorded before."""
    alone: bool = False
    """Whether it changes what other rows need, or is found only if nothing else is wrong."""
    written: bool = False
    """Whether it is found only when a build writes."""
    quick: bool = False
    """Whether it tries to make the build slow."""

    def data(self, before: str = "") -> bytes:
        """Return the bytes of the file, from its text before."""
        typed = self.typed.replace(MARK, "")
        return (before.replace(self.old, typed) if self.old else typed).encode(self.encoding)

    def found(self, before: str = "") -> list[Found]:
        """Return the problems that it must give, from the text of its file before."""
        text = before.replace(self.old, self.typed) if self.old else self.typed
        codes = self.code.split()
        pieces = text.replace("\r\n", "\n").replace("\r", "\n").split(MARK)
        if len(pieces) == 1 or self.link:
            path, line, column = self.at
            return [(code, path or self.path, line, column, self.level) for code in codes]
        marked = ["".join(pieces[: place + 1]) for place in range(len(pieces) - 1)]
        places = [(one.count("\n") + 1, len(one) - one.rfind("\n")) for one in marked]
        return [(code, self.path, *place, self.level) for code, place in zip(codes, places, strict=True)]


FRONT = "title: {name}\nsummary: About it.\nas_of: 2026-01-10\n"
"""The fields that every brief must have."""


def article(front: str, body: str = "The library opens at nine.\n") -> str:
    """Return the text of a brief with front matter."""
    return f"---\n{front}---\n{body}"


def field(name: str, line: str, code: str, hint: str = "", **more: Any) -> Row:
    """Return a mistake in a further line of a brief's front matter."""
    front = FRONT.format(name=name) + line + "\n"
    return Row(name, f"content/briefs/{name}.md", article(front), code, hint, **more)


def raw(name: str, text: str, code: str, hint: str = "", **more: Any) -> Row:
    """Return a mistake that is the whole text of a brief."""
    return Row(name, f"content/briefs/{name}.md", text, code, hint, **more)


def body(name: str, typed: str, code: str, hint: str = "", **more: Any) -> Row:
    """Return a mistake in the text of a brief, after a good paragraph."""
    text = article(FRONT.format(name=name), f"Sound.\n\n{typed}\n")
    return Row(name, f"content/briefs/{name}.md", text, code, hint, **more)


def record(name: str, home: str, typed: str, code: str, hint: str = "", **more: Any) -> Row:
    """Return a mistake in a record in a file of its own."""
    return Row(name, f"content/{home}/{name}.yaml", typed, code, hint, **more)


def setting(name: str, old: str, typed: str, code: str, hint: str = "", **more: Any) -> Row:
    """Return a mistake in the settings."""
    return Row(name, "content/site.yaml", typed, code, hint, old=old, alone=True, **more)


def template(name: str, typed: str, says: str, hint: str = "docs/templates.md") -> Row:
    """Return a mistake in a template of the site, which is found only if the content has no errors."""
    path = "templates/support.html"
    return Row(name, path, typed, "template", hint, says=says, alone=True)


SCRIPTS = (
    ("javascript-case", "[x](‸JaVaScRiPt:alert(1))"),
    ("javascript-decimal", "[x](java&#115;cript:alert)"),
    ("javascript-hexadecimal", "[x](&#x6A;avascript:alert)"),
    ("javascript-tab", "[x](java&Tab;script:alert)"),
    ("javascript-colon", "[x](javascript&colon;alert)"),
    ("javascript-space", "[x](< ‸javascript:alert(1)>)"),
    ("javascript-twice", "[x](javascript&amp;colon;alert)"),
    ("javascript-label", "[them][x-js]\n\n[x-js]: ‸javascript:alert"),
    ("javascript-bold", "**[x](‸javascript:alert)**"),
    ("javascript-list", "- One\n- [x](‸javascript:alert)"),
    ("javascript-table", "| A |\n|---|\n| [x](‸javascript:alert) |"),
    ("javascript-note", "See this.[^n]\n\n[^n]: [x](‸javascript:alert)"),
    ("vbscript", "[x](‸vbscript:alert)"),
    ("data", "[x](‸data:text/html,hello)"),
    ("file", "[x](‸file:///etc/passwd)"),
)
"""Ways to write a link that runs a script or opens a file of the reader."""
FLOODS = (
    ("flood-brackets", "[" * 60_000),
    ("flood-pictures", "![" * 30_000),
    ("flood-tags", "<a " * 20_000),
    ("flood-angles", "<" * 60_000),
    ("flood-wiki", "[[a" * 20_000),
    ("flood-notes", "[^a" * 20_000),
    ("flood-sources", "[@a; " * 12_000),
)
"""Runs of characters on which Markdown's own patterns take minutes."""
DEEP = "".join("    " * depth + "- x\n" for depth in range(300))
GUARDED = add("salt: 00112233445566778899aabbccddeeff\ncost: 2\n", "Zebedee Quillfeather")
"""A list with the name of an invented person."""

ROWS: tuple[Row, ...] = (
    # YAML
    field(
        "duplicate-deep",
        "changes:\n  - date: 2026-01-10\n    kind: minor\n    ‸kind: minor\n    text: Again.",
        "duplicate-key",
        "delete one",
        says="the first is in line 7",
    ),
    field("tag", "lang: ‸!!python/name:os.system x", "yaml-tag", "quotes"),
    field("tag-own", "lang: ‸!secret en", "yaml-tag", "quotes"),
    field("anchor", "topics: [‸&one Books]", "yaml-alias", "quotes around the whole value"),
    field("alias", "lang: ‸*english", "yaml-alias", "quotes around the whole value"),
    field("merge", "‸<<: {lang: en}", "unknown-field", "the fields here are"),
    field("nested", "topics: " + "[" * 63 + "‸" + "[" * 30_000, "yaml-depth", "close the brackets", quick=True),
    field("tab", "topics:\n‸\t- Books", "yaml", "two spaces for each tab"),
    field("quote", 'lang: ‸"en', "yaml", 'type lang: "en"'),
    field("bracket", "topics: ‸[Books\norder: 1", "yaml", "type topics: [Books]"),
    field("at-sign", "topics: ‸@books", "yaml", 'type topics: "@books"'),
    field("name-list", "[a, b‸]: c", "yaml-key", "quotes"),
    field("no-space", "order:‸1", "yaml", "type order: 1"),
    raw(
        "hash-title",
        article("title: Hours ‸# and days\nsummary: Open.\nas_of: 2026\n"),
        "cut-off",
        'type "Hours # and days"',
        level="warning",
    ),
    raw(
        "colon-summary",
        article("title: Hours\nsummary: ‸Open: always\nas_of: 2026\n"),
        "yaml",
        'type summary: "Open: always"',
    ),
    raw("front-list", article("‸- title: Hours\n"), "no-fields", "one field in each line"),
    raw("front-words", article("‸Opening hours\n"), "no-fields", "one field in each line"),
    raw("front-empty", article("").replace("---", "‸---", 1), "no-fields", "one field in each line"),
    raw("front-none", "‸# Opening hours\n", "no-front-matter", "three hyphens"),
    raw("empty", "‸", "no-front-matter", "three hyphens"),
    raw("front-dots", "---\n" + FRONT.format(name="x") + "‸...\nThe text.\n", "unclosed-front-matter", "three hyphens"),
    record(
        "documents",
        "people",
        "- {id: bo, name: Bo, summary: Reads.}\n‸---\n- {id: cy}\n",
        "yaml-documents",
        "delete this line",
    ),
    # What bytes may be
    raw("latin", article(FRONT.format(name="x"), "A caf‸é.\n"), "not-utf8", "UTF-8", encoding="latin-1", says="0xe9"),
    raw("utf-16", "‸---\ntitle: x\n", "not-utf8", "UTF-8", encoding="utf-16"),
    body("anchor-words", '## Words {: id="‸two words" }', "id", "letters, digits and hyphens", says="two words"),
    body("control", "One ‸\x07 bell.", "control-character", "delete it", says="U+0007"),
    body("nul", "Nothing‸\0.", "control-character", "delete it", says="U+0000"),
    raw(
        "bom-crlf",
        ("\ufeff" + article(FRONT.format(name="bom-crlf") + "‸oder: 1\n")).replace("\n", "\r\n"),
        "unknown-field",
        "“order”",
    ),
    raw(
        "bom-crlf-text",
        ("\ufeff" + article(FRONT.format(name="x"), "\nTwo.\n\nSee ‸[[huors]].\n")).replace("\n", "\r\n"),
        "unknown-link",
        "“hours”",
    ),
    raw(
        "old-mac", article(FRONT.format(name="x"), "\nSee ‸[[huors]].\n").replace("\n", "\r"), "unknown-link", "“hours”"
    ),
    # Names and addresses
    Row(
        "composed",
        "content/briefs/cafe\u0301.md",
        article(FRONT.format(name="Decomposed")),
        "id-clash",
        "another id",
        at=("", 1, 1),
        more=(("content/briefs/caf\u00e9.md", article(FRONT.format(name="Composed"))),),
        says="content/briefs/caf\u00e9.md:1",
    ),
    Row("cased", "content/briefs/Cased.md", article(FRONT.format(name="Cased")), "id", "small letters", at=("", 1, 1)),
    field(
        "redirect-case", "redirect_from: [/Timeline/]", "address-clash", "choose", at=("", 1, 1), says="every site has"
    ),
    field(
        "redirect-page",
        "redirect_from: [/about/]",
        "address-clash",
        "choose",
        at=("", 1, 1),
        says="content/pages/about.md:1",
    ),
    field("redirect-twice", "redirect_from: [/was/, /was/]", "address-clash", "choose", at=("", 1, 1)),
    field(
        "redirect-taken",
        "redirect_from: [/opening/]",
        "address-clash",
        "choose",
        at=("", 1, 1),
        says="content/briefs/hours.md:1",
    ),
    field("redirect-climbs", "redirect_from: [‸/../evil/]", "wrong-form", "starts with one slash"),
    field("redirect-climbs-within", "redirect_from: [‸/a/../../evil/]", "wrong-form", "starts with one slash"),
    field("redirect-outside", 'redirect_from: [‸"https://evil.example/"]', "wrong-form", "starts with one slash"),
    field("redirect-backslash", 'redirect_from: [‸"/a\\\\..\\\\evil/"]', "wrong-form", "starts with one slash"),
    field("redirect-stage", "redirect_from: [‸/.briefing-part/0/]", "wrong-form", "starts with a dot"),
    field("redirect-hidden", "redirect_from: [‸/a/.well-known/]", "wrong-form", "starts with a dot"),
    field("redirect-colon", 'redirect_from: [‸"/a:b/"]', "wrong-form", "one slash"),
    field("redirect-relative", "redirect_from: [‸evil/]", "wrong-form", "starts with one slash"),
    field("id-other", "id: ‸other-name", "id", "rename the file", says="id-other"),
    record("id-climbs", "people", "- {id: ‸../evil, name: Bo, summary: Reads.}\n", "wrong-form", "small letters"),
    record("id-capital", "people", "- {id: ‸Ada-Two, name: Bo, summary: Reads.}\n", "wrong-form", "small letters"),
    record(
        "id-clash",
        "people",
        "- id: minutes\n  name: Bo\n  summary: Reads.\n",
        "id-clash",
        "another id",
        at=("content/sources.yaml", 1, 7),
        says="content/people/id-clash.yaml:1",
        alone=True,
    ),
    record("unknown-kind", "terms", "- {id: x}\n", "misplaced-file", "content holds"),
    record(
        "own-address",
        "people",
        "- {id: bo, name: Bo, summary: Reads., redirect_from: [/people/bo/]}\n",
        "address-clash",
        at=("", 1, 8),
    ),
    Row(
        "two-forms",
        "content/briefs/about.yaml",
        "title: A\nsummary: B.\nas_of: 2026\nsections: [{heading: C, body: D.}]\n",
        "id-clash",
        "another id",
        at=("content/pages/about.md", 1, 1),
        says="content/briefs/about.yaml:1",
        alone=True,
    ),
    # Files
    Row("symbolic-file", "content/briefs/leaves.md", "/etc/passwd", "symbolic-link", "put the file itself", link=True),
    Row("symbolic-folder", "content/people/away", "/etc", "symbolic-link", "put the file itself", link=True),
    Row("symbolic-picture", "assets/away.svg", "/etc/hostname", "symbolic-link", "put the file itself", link=True),
    Row("misnamed", "content/peopel.yaml", "- {id: x}\n", "misplaced-file", "did you mean people"),
    Row("ending", "content/places.yml", "- {id: x}\n", "misplaced-file", "ending in .yaml"),
    Row("page-here", "content/briefs/map.html", "<p></p>\n", "misplaced-file", "ending in .md or .yaml"),
    Row("document-here", "content/briefs/minutes.pdf", "%PDF\n", "misplaced-file", "put documents into content/files/"),
    Row(
        "too-far-down",
        "content/briefs/2026/deep.txt",
        article(FRONT.format(name="x")),
        "misplaced-file",
        "ending in .md or .yaml",
    ),
    Row("not-in-folder", "content/briefs.md", article(FRONT.format(name="x")), "misplaced-file", "briefs are files"),
    # Fields
    field("aliases", "‸aliases: [x]", "unknown-field", "redirect_from for old addresses, aka for other names"),
    field("description", "‸description: x", "unknown-field", "called summary here"),
    field("misspelt", "‸check-by: 2027-01-01", "unknown-field", "“check_by”"),
    field("misspelt-deep", "changes: [{date: 2026-01-10, kind: minor, ‸txt: x, text: x}]", "unknown-field", "“text”"),
    field("word", "changes: [{date: 2026-01-10, kind: ‸updat, text: x}]", "unknown-word", "“update”"),
    field("kind-list", "topics: ‸Books", "wrong-type", "subjects", says="a list"),
    field("kind-number", "order: ‸first", "wrong-type", "Smaller numbers", says="a whole number"),
    field("kind-octal", "order: ‸012", "wrong-type", "Smaller numbers", says="a whole number"),
    field("kind-flag", "needs_primary: ‸yes", "wrong-type", "primary source", says="true or false"),
    field("kind-group", "changes: [‸First published]", "wrong-type", says="a group of fields"),
    field("language", "lang: ‸en_GB", "wrong-form", "language tag"),
    field("nothing", "lang:‸", "wrong-form", "language tag"),
    raw(
        "no-title",
        article("summary: About it.\nas_of: 2026\n").replace("summary", "‸summary"),
        "missing-field",
        says="title",
    ),
    raw(
        "no-words",
        article("title:‸\nsummary: About it.\nas_of: 2026\n"),
        "empty-field",
        "the question that the brief answers",
    ),
    field("no-day", "check_by: ‸2027-02-30", "impossible-date", "has 28 days", says="not a valid date"),
    field("day-words", "check_by: ‸next May", "impossible-date", "2025-06-16"),
    record(
        "no-month",
        "events",
        "- {id: no-month, date: ‸2025-13, title: None, sources: minutes}\n",
        "wrong-form",
        "2025-06",
    ),
    record(
        "no-leap-day",
        "events",
        "- {id: no-leap-day, date: ‸2025-02-29, title: None, sources: minutes}\n",
        "impossible-date",
        "has 28 days",
    ),
    field("draft-yes", "draft: ‸yes", "draft", says="nothing is published"),
    field("draft-quoted", 'draft: ‸"true"', "draft", says="nothing is published"),
    field("draft-capital", "draft: ‸True", "draft", says="nothing is published"),
    field("draft-one", "draft: ‸1", "draft", says="nothing is published"),
    field("draft-empty", "draft:‸", "draft", says="nothing is published"),
    record(
        "unread-kind",
        "sources",
        "- {id: unread-kind, type: ‸reprot, title: x, publisher: x, issued: 2025, tier: news, further_reading: true}\n",
        "unknown-word",
        "“report”",
    ),
    record(
        "script-field",
        "sources",
        "- {id: script-field, type: report, title: x, publisher: x, issued: 2025, tier: news,"
        ' further_reading: true, URL: ‸"javascript:alert(1)"}\n',
        "wrong-form",
        "A web address",
    ),
    record(
        "nobody",
        "sources",
        "- ‸{id: nobody, type: report, title: x, issued: 2025, tier: news, further_reading: true}\n",
        "missing-field",
        says="“publisher” or “author”",
    ),
    record(
        "long",
        "glossary",
        "- {id: long, term: Long, meaning: ‸" + "Two words. " * 21 + "}\n",
        "long-meaning",
        "shorter",
    ),
    field("blocks", 'in_brief: [‸"- One\\n- Two"]', "not-one-paragraph", "without blank lines"),
    field("sections-here", "‸sections: [{heading: x, body: y}]", "sections", "below the front matter"),
    record(
        "style-unread",
        "house-style",
        "- id: style-unread\n  avoid: ‸[clients\n  prefer: Write readers.\n",
        "yaml",
        "type avoid: [clients]",
    ),
    # Links
    body(
        "link-draft",
        "See ‸[[not-yet]].",
        "unpublished-target",
        "delete the draft field",
        more=(("content/briefs/not-yet.md", article(FRONT.format(name="Not yet") + "draft: true\n")),),
    ),
    body(
        "path-draft",
        "See [it](‸soon.md).",
        "unpublished-target",
        "delete the draft field",
        more=(("content/briefs/soon.md", article(FRONT.format(name="Soon") + "draft: true\n")),),
    ),
    body(
        "cites-draft",
        "See [‸@unseen].",
        "unpublished-target",
        "delete its draft",
        more=(
            (
                "content/sources/unseen.yaml",
                "id: unseen\ntype: report\ntitle: x\npublisher: x\nissued: 2025\ntier: news\ndraft: true\n",
            ),
        ),
    ),
    body(
        "ambiguous",
        "See ‸[[Twin]].",
        "ambiguous-link",
        "one of these ids",
        says="twin-one or twin-two",
        more=(
            (
                "content/people/twins.yaml",
                "- {id: twin-one, name: Twin, summary: One.}\n"
                "- {id: twin-two, name: Other, summary: Two., aka: [twin]}\n",
            ),
        ),
    ),
    body("dangling", "See ‸[[hours#wehn]].", "unknown-anchor", "“when”"),
    body("dangling-path", "See [it](‸../pages/about.md#lones).", "unknown-anchor", "“loans”"),
    body("dangling-here", "See [below](‸#nowhere).\n\n## Below {#below}", "unknown-anchor"),
    body("md-page", "See [it](‸../pages/abuot.md).", "unknown-link", "“../pages/about.md”"),
    body("md-ending", "See [it](‸hours.html).", "unknown-link", "ends in .md"),
    body("address", "See [it](‸/briefs/huors/).", "unknown-link", "“/briefs/hours/”"),
    body("no-scheme", "See [it](‸//evil.example/x).", "unknown-link", "https://"),
    body("bare-host", "See [it](‸www.library.example).", "unknown-link", "https://"),
    body("no-words-link", "See ‸[[hours|]].", "empty-link", "[[id|words]]"),
    body("case-wiki", "See ‸[[Opening huors]].", "unknown-link", "“Opening hours”"),
    # Accounts that differ
    field(
        "one-sided",
        "disputed: [{about: Who asked?, positions: ‸[{holder: The board, text: We did., sources: [minutes]}]}]",
        "wrong-form",
        "At least two",
    ),
    field("no-positions", "disputed: [{about: Who asked?, positions: ‸[]}]", "wrong-form", "At least two"),
    field(
        "nobodys-account",
        "disputed: [{about: Who asked?, positions: [{holder: A, text: B, sources: minutes}, ‸{text: B, sources: minutes}]}]",
        "missing-field",
        "Who says it",
    ),
    field(
        "unsourced-account",
        "disputed: [{about: Who asked?, positions: [{holder: A, text: B, sources: minutes}, ‸{holder: B, text: C}]}]",
        "missing-field",
        "Sources",
    ),
    field(
        "unknown-account",
        "disputed: [{about: Who asked?, positions: [{holder: A, text: B, sources: minutes}, "
        "{holder: B, text: C, sources: ‸minuets}]}]",
        "unknown-source",
        "“minutes”",
    ),
    field("unknown-here", "not_known: [‸sundaes]", "unknown-id", "“sundays”"),
    *(body(name, typed, "link-scheme", "use http", at=("", 6, 1)) for name, typed in SCRIPTS),
    body("second-receiver", "[x](‸mailto:a@b.example?subject=x&bcc=c@d.example)", "link-scheme", "one address"),
    body("two-receivers", "[x](‸mailto:a@b.example,c@d.example)", "link-scheme", "one address"),
    # Sources and figures
    body("passage", "They came [‸@minutes#evening].", "unknown-passage", "evenings"),
    body("second-source", "They came [see @minutes, p. 3; also ‸@survye].", "unknown-source", "“survey”"),
    body("colon", "They came ‸[@minutes: 3].", "citation", "[@source, p. 3]"),
    body("figure", "It opens ‸[[=weekly-huors]] hours.", "unknown-id", "“weekly-hours”"),
    body("not-a-figure", "It opens ‸[[=minutes]] hours.", "wrong-kind", says="source instead of number"),
    body("not-a-source", "They came [‸@board].", "wrong-kind", says="organisation instead of source"),
    record(
        "field-source",
        "events",
        "- {id: field-source, date: 2025, title: x, sources: [‸minuets]}\n",
        "unknown-source",
        "“minutes”",
    ),
    record(
        "field-who",
        "events",
        "- {id: field-who, date: 2025, title: x, who: [‸adda], sources: minutes}\n",
        "unknown-id",
        "“ada”",
    ),
    # Headings, notes, lists, code
    body("heading-link", "## ‸See [[hours]]", "heading-link", "the text below"),
    body("heading-cite", "## ‸Then [@minutes]", "heading-link", "the text below"),
    body("heading-one", "# ‸Again", "heading-level", "before it"),
    body("heading-four", "#### ‸Deep", "heading-level", "before it", says="level 4"),
    body("heading-line", "‸Again\n=====", "heading-level", "before it", says="level 1"),
    Row(
        "orphan",
        "content/pages/orphan.md",
        "---\ntitle: Volunteers\nsummary: Who helps.\n---\nThank you.\n",
        "orphan-page",
        "navigation or footer",
        at=("", 1, 1),
        level="warning",
    ),
    body("id-of-the-page", "## One {#‸--main}", "id", "two hyphens", says="“--main”"),
    body("note-label", "See this.[^a b]\n\n‸[^a b]: One.", "id", "one word"),
    body("note-anchor", "See [this](‸#fn:a).", "unknown-anchor", "{#id}"),
    body("link-open", "See ‸[[hours for more.", "unclosed-link", "close it"),
    body("citation-open", "So it is ‸[@minutes and more.", "unclosed-link", "close it"),
    body("link-nested", "[See [[hours]] there](‸https://park.example/)", "nested-link", "one link after the other"),
    body("id-again", "## One {#same}\n\n## Two {#‸same}", "duplicate-id", "another"),
    body("html", 'A ‸<span class="x">word', "raw-html", "Markdown"),
    body("html-script", "‸<script>alert()", "raw-html", "Markdown"),
    body("html-comment", "Some ‸<!-- later", "unclosed-comment", "-->"),
    body("comment", "Some ‸%% later", "unclosed-comment", "%%"),
    body("comment-in-word", "Some‸%% later %%", "unclosed-comment", "space before"),
    body("reference-short", "See ‸[them][].", "undefined-reference", "add a line", says="“them”"),
    body("reference-near", "See ‸[them][trems].\n\n[terms]: https://terms.example/", "undefined-reference", "[terms]"),
    body("note-unwritten", "See this.‸[^a]", "undefined-footnote", "[^a]: The note"),
    body("note-unused", "See this.\n\n‸[^a]: Nobody asks.", "unused-footnote", "delete it"),
    body("note-twice", "See this.[^a]\n\n[^a]: One.\n\n‸[^a]: Two.", "footnote-twice", "another label"),
    field("note-field", 'in_brief: ["See ‸[^a]."]', "undefined-footnote", "add a line"),
    body("indent", "1. One\n‸  2. Two", "list-indent", "four spaces", level="warning"),
    body("list-start", "They are:\n‸• One\n• Two", "list-start", "hyphen and a space", level="warning"),
    body("table", "| A | B |\n|---|---|\n| ‸[[hours|the hours]] | x |", "table-link", "[[hours\\|the hours]]"),
    body("table-plain", "A | B\n--- | ---\n‸[[hours|the hours]] | x", "table-link", "[[hours\\|the hours]]"),
    body("table-quoted", "> | A | B |\n> |---|---|\n> | ‸[[hours|the hours]] | x |", "table-link", "backslash"),
    body("table-row", "| A | B |\n|---|---|\n| a | b ‸| c |", "table-row", "backslash"),
    body("foreign-mark", "Some ‸==words== here.", "other-markdown", "**words**"),
    body("foreign-box", "‸!!! note\n\nWords.", "other-markdown", "> [!NOTE]"),
    body("foreign-code", "Some ‸{{< figure >}} here.", "other-markdown", "stands for"),
    body("foreign-callout", "> ‸[!INFO]\n> Words.", "other-markdown", "[!NOTE]"),
    body("fence", "‸```\ncode", "unclosed-fence", "same three characters"),
    body("fence-mixed", "‸```\ncode\n~~~", "unclosed-fence", "same three characters"),
    body("attribute", 'A word\n{: ‸onclick="alert(1)" }', "attribute", "{#id} and {.class}"),
    body("attribute-link", "[them](hours.md){: ‸href=javascript:alert }", "attribute", "{#id} and {.class}"),
    body("attribute-class", "A word\n{: .‸exit }", "attribute", "own-", says="“exit”"),
    body("attribute-language", 'A word\n{: lang="‸Orla Wren" }', "attribute", "en-GB"),
    body("attribute-of-code", "```{.python ‸onclick=x}\ncode\n```", "attribute", "after the language"),
    body("attribute-of-note", "See this.[^a]‸{: .exit}\n\n[^a]: One.", "attribute", "delete the braces"),
    body("reason-alone", 'A word\n{: ‸reason="ours" }', "attribute", ".no-source"),
    body("attribute-style", 'A word\n{: ‸style="color: red" }', "attribute", "{#id} and {.class}"),
    body("attribute-and-its-word", 'A style of words\n{: ‸style="color: red" }', "attribute", "{#id} and {.class}"),
    body("no-reason", "A word\n{: .‸no-source }", "no-reason", "reason="),
    body(
        "too-deep",
        DEEP,
        "too-deep",
        "levels",
        at=("", 6, 1),
        quick=True,
    ),
    body("too-long", "word " * 41_000, "too-long", "split it", at=("", 6, 1), quick=True),
    *(
        body(
            name,
            typed,
            "bracket-flood",
            "code block",
            at=("", 8, typed.index("[") + 1 if "[" in typed else 1),
            quick=True,
        )
        for name, typed in FLOODS
    ),
    # Pictures
    body("picture", "![A map](‸maps.svg)", "missing-picture", "assets/"),
    body("picture-away", "![A map](‸https://evil.example/map.svg)", "missing-picture", "save it beside the text"),
    body("picture-climbs", "![A map](‸../../etc/hostname)", "missing-picture", "beside the text"),
    body("picture-unlisted", "![A map](‸face.svg)", "unlisted-picture", "look at it"),
    body("picture-words", "![](‸map.svg)", "no-alternative-text", "decorative"),
    # Settings
    setting("navigation", "to: /sources/", "to: ‸/source/", "unknown-link", "remove it"),
    setting("footer", "to: /support/", "to: ‸/supper/", "unknown-link", "remove it"),
    setting("question", "answer: hours", "answer: ‸huors", "unknown-id", "“hours”"),
    setting("settings-key", "tagline:", "‸tag_line: x\ntagline:", "unknown-field", "“tagline”"),
    setting("settings-missing", "title: The Riverside Library\n", "", "missing-field", "", says="title", at=("", 1, 1)),
    setting("settings-address", "https://library.example/guide", "‸library.example/guide", "wrong-form"),
    setting(
        "settings-yaml", "tagline: What the town library does, and how we know\n", "tagline: ‸Why: so\n", "yaml", "type"
    ),
    # What was published
    Row(
        "lost-address",
        "content/pages/help.md",
        "",
        "lost-address",
        "redirect_from: [/help/]",
        at=("content/addresses.lock", 30, 1),
        gone=True,
        recorded=True,
        alone=True,
        more=(("content/site.yaml", NO_HELP),),
    ),
    Row(
        "lost-redirect",
        "content/briefs/hours.md",
        "redirect_from: []",
        "lost-address",
        "redirect_from: [/opening/]",
        old="redirect_from: [/opening/]",
        at=("content/addresses.lock", 36, 1),
        recorded=True,
        alone=True,
    ),
    Row(
        "lost-anchor",
        "content/briefs/hours.md",
        "{#whys}",
        "lost-anchor",
        "“whys” the old id: {#why}",
        old="{#why}",
        at=("content/addresses.lock", 10, 1),
        recorded=True,
        alone=True,
    ),
    Row(
        "no-note",
        "content/pages/about.md",
        "We are writers",
        "changed-without-note",
        "add to changes",
        old="We are readers",
        level="warning",
        recorded=True,
        at=("", 1, 1),
        alone=True,
    ),
    Row(
        "lock-line",
        "content/addresses.lock",
        "/a-z/ - -\n‸not an address\n",
        "lock-line",
        "last commit",
        old="/a-z/ - -\n",
        recorded=True,
        alone=True,
    ),
    # Advice
    body("uncited", "‸It has 40 rooms.", "uncited", "cite one", level="warning"),
    body("uncited-quote", "‸So the mayor said “we shall never close it”.", "uncited", "cite one", level="warning"),
    body("style", "Our ‸customers are many.", "house-style", "Write readers.", level="warning"),
    body("too-long-sentence", f"‸{'Readers and ' * 20}writers.", "too-long-sentence", "two sentences", level="warning"),
    body("typed-figure", "It is open ‸1,234 hours [@minutes].", "typed-figure", "[[=weekly-hours]]", level="warning"),
    body(
        "identifying",
        "‸Her mother says the 14-year-old reads here [@minutes].",
        "identifying",
        "leave one",
        level="warning",
    ),
    field(
        "overdue",
        "check_by: 2026-04-30",
        "overdue",
        "update as_of and check_by",
        level="warning",
        at=("", 1, 1),
        now="2026-05-01",
    ),
    record(
        "uncited-source",
        "sources",
        "- {id: ‸uncited-source, type: report, title: x, publisher: x, issued: 2025, tier: news}\n",
        "uncited-source",
        "further_reading",
        level="warning",
    ),
    body(
        "one-publisher",
        "They came [@minutes; @minutes-two].",
        "one-publisher",
        "independent",
        level="warning",
        at=("", 1, 1),
        more=(
            (
                "content/sources/minutes-two.yaml",
                "{id: minutes-two, type: report, title: x, publisher: The Board, issued: 2025, tier: news}",
            ),
        ),
    ),
    Row(
        "no-primary",
        "content/briefs/no-primary.md",
        article(FRONT.format(name="x") + "needs_primary: true\n", "They came [@survey].\n"),
        "no-primary-source",
        "tier: primary",
        level="warning",
        at=("", 1, 1),
    ),
    *(
        Row(
            f"loud-{part}",
            f"content/briefs/{name}.md",
            article(f"title: {title}\nsummary: {summary}\nas_of: 2026-01-10\nquiet: true\n", text),
            "loud-page",
            "neutral words",
            at=("", 1, 1),
        )
        for part, name, title, summary, text in (
            ("title", "letter", "An Overdue letter", "About it.", "It came.\n"),
            ("address", "overdue-book", "A letter again", "About it.", "It came too.\n"),
            ("card", "letter-two", "A letter more", "About overdue books.", "It came late.\n"),
            ("section", "letter-three", "One letter", "About it.", "## Two {#overdue}\n\nIt came early.\n"),
        )
    ),
    # What only writing shows
    Row(
        "foreign",
        "output/briefs/late/index.html",
        "Mine.\n",
        "foreign-file",
        "move it away",
        written=True,
        alone=True,
        more=(("content/briefs/late.md", article(FRONT.format(name="Late"))),),
    ),
    Row(
        "output-leaves",
        "output/briefs/late",
        "/tmp",
        "outside-output",
        link=True,
        written=True,
        alone=True,
        at=("output/briefs/late/index.html", 0, 0),
        more=(("content/briefs/late.md", article(FRONT.format(name="Late"))),),
    ),
    # What only a rendered page shows
    Row(
        "guarded",
        "content/briefs/guarded.md",
        article(FRONT.format(name="x"), "Thanks to Zebedee Quillfeather.\n"),
        "guarded-name",
        "delete it",
        more=(("content/never-publish.yaml", GUARDED),),
        alone=True,
    ),
    Row(
        "guarded-picture",
        "content/briefs/guarded.md",
        article(FRONT.format(name="x"), "![Quillfeather, Zébédée](map.svg)\n"),
        "guarded-name",
        "delete it",
        more=(("content/never-publish.yaml", GUARDED),),
        alone=True,
    ),
    Row(
        "guarded-initial",
        "content/briefs/guarded.md",
        article(FRONT.format(name="x"), "Z. Quillfeather’s books.\n"),
        "guarded-name",
        "delete it",
        more=(("content/never-publish.yaml", GUARDED),),
        alone=True,
    ),
    template("undefined", "{{ page.title }}\n{{ ‸page.titel }}\n", "titel", "“page.title”"),
    template("none", "<p>\n‸{{ page.view }}\n", "the value is none"),
    template("syntax", "<p>\n\n‸{% if page %}\n", "endif", "check the tags"),
    template("include", '{% include "‸parts/nowhere.html" %}\n', "parts/nowhere.html", "did you mean"),
    template("include-itself", '<p>\n‸{% include "support.html" %}\n', "includes itself", "delete the tag"),
    template("filter", "{{ page.title|‸shout }}\n", "shout", "did you mean"),
)
"""Every mistake."""
