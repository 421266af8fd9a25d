"""Step 4: turn each page into the bytes of a file. Pure: equal pages, settings and templates give equal bytes.

Here belong the templates' context and everything that a page says to machines: JSON-LD, BibTeX, feeds, data files. What
a page shows is decided in `weave`. Files that are made from several rendered pages belong in `postprocess`.
"""
