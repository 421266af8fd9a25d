"""A site on a subject of its own, with kinds, fields, statuses, tiers and templates of its own."""

from pathlib import Path

SITE = Path(__file__).parent / "site"
