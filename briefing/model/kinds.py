"""The kinds of records: where writers keep each, and where readers find it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: where writers keep it and where readers find it."""

    name: str
    """What it is called in code, schemas and templates: `person`."""
    home: str
    """Its file or folder under content/, without the ending: `people`."""
    address: str
    """The address of one record, with `{id}` where the id goes; empty for what has no address of its own."""
    listing: str
    """The address of the page that lists all of the kind; empty for none."""
    plural: str
    """What a reader calls several of them."""
    singular: str
    """What a reader calls one of them."""
    about: str = ""
    """What the list of them holds, in a sentence for readers."""


KINDS: tuple[Kind, ...] = (
    Kind(
        "brief",
        "briefs",
        "/briefs/{id}/",
        "/briefs/",
        "Briefs",
        "Brief",
        "One question each, answered with its sources.",
    ),
    Kind("page", "pages", "/{id}/", "", "Pages", "Page"),
    Kind(
        "person",
        "people",
        "/people/{id}/",
        "/people/",
        "People",
        "Person",
        "Who is named here, and what each of them did.",
    ),
    Kind(
        "organisation",
        "organisations",
        "/organisations/{id}/",
        "/organisations/",
        "Organisations",
        "Organisation",
        "Who is responsible for what.",
    ),
    Kind(
        "place",
        "places",
        "/places/{id}/",
        "/places/",
        "Places",
        "Place",
        "What is recorded of each place, and by whom.",
    ),
    Kind("term", "glossary", "/glossary/{id}/", "/glossary/", "Glossary", "Term", "What the words mean on this site."),
    Kind(
        "event",
        "events",
        "/timeline/#{id}",
        "/timeline/",
        "Timeline",
        "Event",
        "What happened, in order of dates. A date is as exact as its source.",
    ),
    Kind(
        "recommendation",
        "recommendations",
        "/recommendations/{id}/",
        "/recommendations/",
        "Recommendations",
        "Recommendation",
        "What was said, what was done, and what others found when they looked.",
    ),
    Kind(
        "number",
        "numbers",
        "/numbers/#{id}",
        "/numbers/",
        "Numbers",
        "Number",
        "Every figure this site uses: what it counts, its date, its source, and how not to quote it.",
    ),
    Kind(
        "unknown",
        "unknowns",
        "/not-known/#{id}",
        "/not-known/",
        "Not known yet",
        "Open question",
        "Questions that the record does not answer, and who could answer them.",
    ),
    Kind(
        "source",
        "sources",
        "/sources/{id}/",
        "/sources/",
        "Sources",
        "Source",
        "Everything that this site rests on, those closest to the facts first.",
    ),
    Kind(
        "support",
        "support",
        "/support/#{id}",
        "/support/",
        "Support",
        "Support",
        "Who can help, for whom, and what it costs.",
    ),
    Kind(
        "style-rule",
        "house-style",
        "/words-we-use/#{id}",
        "/words-we-use/",
        "Words we use",
        "House-style rule",
        "Wordings that this site avoids, what it writes instead, and why.",
    ),
    Kind(
        "reading-path",
        "reading-paths",
        "/reading-paths/#{id}",
        "/reading-paths/",
        "Where to begin",
        "Reading path",
        "Short ways through the site. The minutes are what the pages take to read.",
    ),
)


BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}
