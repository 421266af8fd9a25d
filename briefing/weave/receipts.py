"""The receipts of one page side by side: what tells their chips apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefing.model.pages import Receipt


def tell_apart(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Say of each source that shares publisher and month with another one what its chip must add to them."""
    listed = tuple(receipts)
    alike: dict[tuple[str, str], dict[str, str]] = {}
    for one in listed:
        alike.setdefault(_said(one), {})[one.link.id] = one.work.issued
    return tuple(replace(one, apart=_apart(one, alike[_said(one)])) for one in listed)


def _said(receipt: Receipt) -> tuple[str, str]:
    """Give what a chip says by itself."""
    return receipt.label, receipt.work.issued[:7]


def _apart(receipt: Receipt, days: dict[str, str]) -> str:
    if len(days) == 1:
        return ""
    return "day" if list(days.values()).count(receipt.work.issued) == 1 else "title"
