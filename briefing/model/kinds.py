"""The kinds of records, and all that the generator knows of each.

A new kind needs an entry in `KINDS`, a schema of its name, and the templates that it names. Only a kind with fields of
its own also needs a class in `records.py` and a function in `parse/record_fields.py` that reads them. A site adds kinds
of its own in `content/kinds.yaml`; they are further values of `Kind`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: where writers keep it, where readers find it, and which rules apply to it."""

    name: str
    """What code, schemas and templates call it: `person`."""
    singular: str
    """What readers call one of them."""
    plural: str
    """What readers call several of them."""
    home: str
    """Its file or folder under content/, without the ending: `people`."""
    address: str
    """The address of one record, with `{id}` in place of its id; with a `#`, records are entries of a list."""
    about: str = ""
    """What its list holds, in a sentence for readers."""
    also: str = ""
    """Other words that readers type to find its list, with commas between them."""
    schema: str = ""
    """The schema of its records, if it has another name than the kind."""

    own_file: tuple[str, ...] = ()
    """Endings of a file that holds one record and its text; empty for kinds that are kept in YAML lists."""
    has_body: bool = False
    """Whether a record may have a text in Markdown: below its front matter, or in its field `text`."""
    title_field: str = "title"
    """The field that holds a record's title. If it is also the field of the summary, no link can be found by it."""
    summary_field: str = "summary"
    """The field that says in one line what a record is; empty where several fields do."""

    page_template: str = ""
    """The template of a record's own page; empty where records have none."""
    listing: str = ""
    """The address of the page that lists all records of the kind; empty for none."""
    list_template: str = "list.html"
    """The template of that page."""
    listed_in_full: bool = False
    """Whether that page shows all of each record; if not, it shows titles and summaries."""
    group_by: Literal["", "topic", "year", "tier"] = ""
    """How that page groups the records: by the first topic of each, by year or by tier. Years have pages."""
    sort_by: str = ""
    """The field by which records are sorted before their `order` and their titles; a field that is true comes first."""

    article: bool = False
    """Whether a record is one of the texts that the site exists for.

    Articles come first on the home page and in the one-file edition, are copied as Markdown, are listed for language
    models, should rest on several publishers, and announce the day of their next check.
    """
    in_bar: bool = False
    """Whether the navigation bar of a site that names no links leads to its list."""
    has_gloss: bool = False
    """Whether a link to a record opens its summary in place, as an explanation of the word."""
    acts: bool = False
    """Whether a record can be named as who said or did something."""
    dated: bool = False
    """Whether what a record says may become untrue with time, so that it should have an `as_of`."""
    must_be_used: bool = False
    """Whether a record is there to be referred to, so that one without references is noted."""
    makes_statements: bool = True
    """Whether its words state facts about the subject, which need sources."""
    own_words: bool = True
    """Whether its words are the writers' own, so that house style applies; a source's title is not."""
    holds_figures: bool = False
    """Whether figures may be written out in it instead of being taken from the ledger of numbers."""
    carries_support: bool = False
    """Whether its pages say where readers find help, even without a content note."""
    in_search: bool = True
    """Whether entries of its list are found by search; records with pages of their own always are."""
    in_single_file: int = 0
    """Its place in the one-file edition; 0 where it is not in it."""
    linked_data: Literal["", "Article", "CreativeWork", "DefinedTerm", "Event"] = ""
    """Its type in schema.org's vocabulary; empty for none."""


KINDS: tuple[Kind, ...] = (
    Kind(
        name="brief",
        singular="Brief",
        plural="Briefs",
        about="One question each, answered with its sources.",
        home="briefs",
        own_file=(".md", ".yaml"),
        has_body=True,
        address="/briefs/{id}/",
        page_template="brief.html",
        listing="/briefs/",
        article=True,
        dated=True,
        carries_support=True,
        in_single_file=1,
        linked_data="Article",
        in_bar=True,
    ),
    Kind(
        name="page",
        singular="Page",
        plural="Pages",
        home="pages",
        own_file=(".md",),
        has_body=True,
        address="/{id}/",
        page_template="page.html",
    ),
    Kind(
        name="person",
        singular="Person",
        plural="People",
        about="Who is named here, and what each of them did.",
        home="people",
        has_body=True,
        title_field="name",
        address="/people/{id}/",
        page_template="record.html",
        listing="/people/",
        acts=True,
        dated=True,
        must_be_used=True,
    ),
    Kind(
        name="organisation",
        singular="Organisation",
        plural="Organisations",
        about="Who is responsible for what.",
        home="organisations",
        has_body=True,
        title_field="name",
        address="/organisations/{id}/",
        page_template="record.html",
        listing="/organisations/",
        acts=True,
        dated=True,
        must_be_used=True,
    ),
    Kind(
        name="place",
        singular="Place",
        plural="Places",
        about="What is recorded of each place, and by whom.",
        home="places",
        has_body=True,
        title_field="name",
        address="/places/{id}/",
        page_template="record.html",
        listing="/places/",
        dated=True,
        must_be_used=True,
        carries_support=True,
    ),
    Kind(
        name="term",
        singular="Term",
        plural="Glossary",
        about="What the words mean on this site.",
        home="glossary",
        has_body=True,
        title_field="term",
        summary_field="meaning",
        address="/glossary/{id}/",
        page_template="term.html",
        listing="/glossary/",
        has_gloss=True,
        must_be_used=True,
        in_single_file=6,
        linked_data="DefinedTerm",
    ),
    Kind(
        name="event",
        singular="Event",
        plural="Timeline",
        about="What happened, in order of dates. A date is as exact as its source.",
        home="events",
        summary_field="text",
        address="/timeline/#{id}",
        listing="/timeline/",
        list_template="timeline.html",
        listed_in_full=True,
        group_by="year",
        sort_by="date",
        carries_support=True,
        in_single_file=2,
        linked_data="Event",
        in_bar=True,
    ),
    Kind(
        name="recommendation",
        singular="Recommendation",
        plural="Recommendations",
        about="What was said, what was done, and what others found when they looked.",
        home="recommendations",
        has_body=True,
        summary_field="asks",
        address="/recommendations/{id}/",
        page_template="recommendation.html",
        listing="/recommendations/",
        list_template="recommendations.html",
        listed_in_full=True,
        sort_by="number",
        dated=True,
        carries_support=True,
        in_single_file=3,
    ),
    Kind(
        name="number",
        singular="Number",
        plural="Numbers",
        about="Every figure this site uses: what it counts, its date, its source, and how not to quote it.",
        home="numbers",
        title_field="label",
        summary_field="definition",
        address="/numbers/#{id}",
        listing="/numbers/",
        list_template="numbers.html",
        listed_in_full=True,
        dated=True,
        must_be_used=True,
        holds_figures=True,
        in_single_file=4,
        in_bar=True,
    ),
    Kind(
        name="unknown",
        singular="Open question",
        plural="Not known yet",
        about="Questions that the record does not answer, and who could answer them.",
        home="unknowns",
        title_field="question",
        summary_field="why",
        address="/not-known/#{id}",
        listing="/not-known/",
        list_template="unknowns.html",
        listed_in_full=True,
        must_be_used=True,
        in_single_file=5,
    ),
    Kind(
        name="source",
        singular="Source",
        plural="Sources",
        about="Everything that this site rests on, those closest to the facts first.",
        home="sources",
        summary_field="",
        address="/sources/{id}/",
        page_template="source.html",
        listing="/sources/",
        list_template="sources.html",
        group_by="tier",
        makes_statements=False,
        own_words=False,
        holds_figures=True,
        linked_data="CreativeWork",
        in_bar=True,
    ),
    Kind(
        name="support",
        singular="Support",
        plural="Support",
        about="Who can help, for whom, and what it costs.",
        also="help, helpline, hotline, phone number, someone to talk to",
        home="support",
        title_field="name",
        summary_field="who_for",
        address="/support/#{id}",
        listing="/support/",
        list_template="support.html",
        listed_in_full=True,
        sort_by="emergency",
        makes_statements=False,
        in_search=False,
        in_single_file=7,
    ),
    Kind(
        name="style-rule",
        singular="House-style rule",
        plural="Words we use",
        about="Wordings that this site avoids, what it writes instead, and why.",
        home="house-style",
        title_field="prefer",
        summary_field="prefer",
        address="/words-we-use/#{id}",
        listing="/words-we-use/",
        list_template="style-rules.html",
        listed_in_full=True,
        makes_statements=False,
        own_words=False,
        in_search=False,
    ),
    Kind(
        name="reading-path",
        singular="Reading path",
        plural="Where to begin",
        about="Short ways through the site. The minutes are what the pages take to read.",
        home="reading-paths",
        address="/reading-paths/#{id}",
        listing="/reading-paths/",
        list_template="reading-paths.html",
        listed_in_full=True,
        makes_statements=False,
        in_search=False,
    ),
)


def by_name(kinds: Iterable[Kind]) -> dict[str, Kind]:
    """Return kinds by their names."""
    return {kind.name: kind for kind in kinds}
