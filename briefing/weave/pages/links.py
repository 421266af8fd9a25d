"""Links to the pages of a site that show no single record and no single kind."""

from __future__ import annotations

from briefing.model.addresses import TOPICS_HOME
from briefing.model.text import Link

CHANGES = Link("", "listing", "What changed", "", "/changes/")
A_TO_Z = Link("", "listing", "A to Z", "", "/a-z/")
SEARCH = Link("", "listing", "Search", "", "/search/")
NEXT = Link("", "listing", "What happens next", "", "/next/")
TOPICS = Link("", "listing", "Topics", "", TOPICS_HOME)
DATA = Link("", "listing", "Data", "", "/data/")
CHECKED = Link("", "listing", "Checked against copies", "", "/checked/")
SINGLE_FILE = Link("", "file", "The whole briefing in one file", "", "/briefing.html")
PDF = Link("", "file", "The whole briefing as a PDF", "", "/briefing.pdf")
BOOK = Link("", "file", "The whole briefing as an e-book (EPUB)", "", "/briefing.epub")
ATOM = Link("", "file", "What changed, as an Atom feed", "", "/feed.xml")
JSON_FEED = Link("", "file", "What changed, as a JSON Feed", "", "/feed.json")
GUIDE = Link("", "file", "A guide for language models", "", "/llms.txt")

ON_EVERY_SITE = (CHANGES, A_TO_Z, SEARCH)
"""Pages that every site has."""
OPTIONAL = (NEXT, CHECKED, DATA, SINGLE_FILE, BOOK, PDF)
"""Pages that a site has only if it has something to show on them."""
FEEDS = (ATOM, JSON_FEED, GUIDE)
"""Files for programs that every site has."""
