"""The values that the steps of a build hand to each other.

- `files`: read makes a `Snapshot` of `Source` and `File` values.
- `documents`: parse turns each source into a `Document`: an outline, which is all that other pages may know of it, and
  a body, which only its own page shows. `records` and `site` hold the parts of an outline.
- `pages`: weave turns all outlines into `Page` values. A page holds everything that its template shows, so equal pages
  render to equal bytes.
- `steps`: the input and the result of each step.

A text that came from a writer is HTML with numbered placeholders (`text`). In each, parse puts what the writer asked
for, and weave what the reader sees. The two have different types:

| asked for, in records | shown, on pages |
|---|---|
| `ParsedProse`: a text | `Prose` |
| `Ref`: a record named in a field | `Link` |
| `CitedSource`: a source named in a field or in a `Citation` | `Chip`, which opens a `Receipt` |
| `Reference`, `Citation`, `NumberRef`, `Picture`: placeholders | `Link` or `Gloss`, `Chips`, `Figure`, `Image` |
| `Sketch`: a drawing | `Drawing` |

Values are frozen and plain: no dict, list or set, and no methods. Dates are text, as precise as the writer gave them:
`2025`, `2025-06` or `2025-06-16`. `walk` finds and replaces what refers to something in a value; `addresses` names the
address of a record. Classes of this package alone can be read back from the memo (`briefing.incremental.hashed`).
"""
