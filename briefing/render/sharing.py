"""What other sites show beside a link to a page."""

from __future__ import annotations

from dataclasses import replace

from briefing.model.pages import Page
from briefing.model.records import Actor
from briefing.model.text import Image

_PLAIN_WIDTH = 960
"""The width of the file at the address of a picture, if one of its versions has it."""


def picture_elsewhere(page: Page) -> Image | None:
    """Return the picture that other sites show beside a link to a page, in the size of its file; None for our card.

    It is the picture of the record, else the first in the text that is no SVG, which other sites do not show. A quiet
    page has none.
    """
    view = page.view
    if view is None or getattr(view.detail, "quiet", False):
        return None
    texts = view.detail.picture if isinstance(view.detail, Actor) else None, view.text
    for image in (one for text in texts if text for one in text.placeholders if isinstance(one, Image)):
        if image.width and not image.address.endswith(".svg"):
            widths = [width for _, width in image.sources]
            wide = _PLAIN_WIDTH if _PLAIN_WIDTH in widths else max(widths, default=image.width)
            return replace(image, width=wide, height=round(image.height * wide / image.width))
    return None
