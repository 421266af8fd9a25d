"""The text of a PDF."""

from __future__ import annotations

from contextlib import closing

import pypdfium2
import pypdfium2.raw

from briefing.evidence.text import Text, paged

_MOST_PAGES = 5000
_SCANNED = 15
"""Letters a page, on average, below which a PDF is taken for pictures of pages: a stamp or a number on each."""


def read_pdf(data: bytes) -> Text:
    """Return the text of a PDF, or why there is none."""
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            return _read(document)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", 0) == pypdfium2.raw.FPDF_ERR_PASSWORD
        return Text(obstacle="encrypted" if encrypted else "damaged")


def _read(document: pypdfium2.PdfDocument) -> Text:
    pages, labels = [], []
    for place in range(min(len(document), _MOST_PAGES)):
        with closing(document[place]) as page, closing(page.get_textpage()) as text:
            pages.append(text.get_text_range().replace("\r\n", "\n"))
        labels.append(document.get_page_label(place))
    if sum(sum(map(str.isalnum, page)) for page in pages) < _SCANNED * len(pages):
        return Text(obstacle="scan")
    return paged(pages, labels)
