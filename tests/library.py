"""Runs Python-Markdown's own tests, in the folder that is named, with our steps in place of the library's.

Run as: python -m tests.library FOLDER [--without]. Says how often each of our steps was asked, then unittest's verdict.
"""

from __future__ import annotations

import sys
import unittest
from collections import Counter
from typing import Any

from markdown import Markdown, core

from briefing.parse.markdown.library import Inline, PlainParagraph

ASKED: Counter[str] = Counter()


class _Inline(Inline):
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        ASKED["inline"] += 1
        return super()._InlineProcessor__handleInline(data, patternIndex)


class _PlainParagraph(PlainParagraph):
    def test(self, parent: Any, block: str) -> bool:
        ASKED["paragraph"] += 1
        return super().test(parent, block)


def install() -> None:
    """Let every converter that is made from now on have our steps."""
    build: Any = core
    trees, blocks = build.build_treeprocessors, build.build_block_parser

    def build_trees(md: Markdown, **given: Any) -> Any:
        registry = trees(md, **given)
        registry.register(_Inline(md), "inline", 20)
        return registry

    def build_blocks(md: Markdown, **given: Any) -> Any:
        parser = blocks(md, **given)
        parser.blockprocessors.register(_PlainParagraph(parser), "plain_paragraph", 110)
        return parser

    build.build_treeprocessors, build.build_block_parser = build_trees, build_blocks


if __name__ == "__main__":
    if "--without" not in sys.argv:
        install()
    suite = unittest.defaultTestLoader.discover("tests", top_level_dir=".")
    result = unittest.TextTestRunner(verbosity=0).run(suite)
    print(f"ran {result.testsRun}, skipped {len(result.skipped)}, asked {dict(sorted(ASKED.items()))}")
    sys.exit(not result.wasSuccessful())
