"""Whether a recommendation is overdue on a day."""

from __future__ import annotations

from briefing.model.records import ParsedDetail, Recommendation


def has_due(detail: ParsedDetail) -> bool:
    """Whether something is promised by a date, and not settled."""
    return isinstance(detail, Recommendation) and bool(detail.due) and not detail.settled


def is_late(detail: ParsedDetail, now: str) -> bool:
    """Whether the newest date by which something was promised has passed on a day, and nothing has settled it."""
    return (
        isinstance(detail, Recommendation) and has_due(detail) and detail.due[-1].date < now[: len(detail.due[-1].date)]
    )
