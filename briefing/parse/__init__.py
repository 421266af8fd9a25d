"""Step 2: turn each source file into a document. Pure: the same bytes under the same path give the same document.

Here belongs what one file says by itself: its YAML, its Markdown, and whether its fields fit their schema. What needs a
second file, such as whether a link has a target, belongs in `weave`. Mistakes become problems; nothing is raised.
"""
