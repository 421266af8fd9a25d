"""Every value that flows between the steps.

Read makes a `Snapshot` of `Source` files. Parse turns each source into a `Document`: an *outline*, all that other pages
may know of it, and a *body*, which only its own page shows. Weave turns outlines into pages. A page holds all that its
template shows, and nothing else reaches the template; so equal pages render to equal bytes.

Text that came from a writer is `Prose`: HTML with numbered holes. Parse leaves in each hole what the writer asked for
(`Reference`, `Citation`, `NumberRef`); weave puts there what the reader sees (`Link`, `Gloss`, `Chips`, `Figure`).

All values are frozen and plain. Dates are text, as the writer gave them: `2025`, `2025-06` or `2025-06-16`.
"""
