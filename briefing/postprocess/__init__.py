"""Files made from rendered pages and assets: published style sheets, the one-file edition, the PDF, the search index.

Here belongs what changes or combines the bytes of finished pages and assets, also with another program (Pagefind,
Chromium). What a page shows belongs in `weave` and `render`.
"""
