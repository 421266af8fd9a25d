"""Sites with books for tests, and what is in a book."""

from __future__ import annotations

from io import BytesIO
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

from PIL import Image

from tests.sites import Site, brief

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
TEXT = """\
The library opens at nine [@council, p. 4; see @council]. It had [[=visits]] and knows [[ada]] as an [[open-shelf]].[^1]
See [[room#sundays]], [below](#sundays) and [the web](https://web.example/a?x=1&y=ö{}|).

## Sundays {#sundays}

> [!NOTE] Bring a card
> Each reader has one.

| Day | Visits |
|---|---|
| Monday | 12 |
| Sunday | 0 |
: Visits by day [@council, p. 2]

![The river from the terrace](river.png "The river in spring."){credit="Ada Moss" licence="CC BY 4.0"}

![](map.svg){.decorative}

```drawing
draws: bars
title: Visits in a year
rows:
  - {figure: visits}
  - {label: On foot}
```

- [x] Open the doors
- [ ] Sweep the floor

1. One

    > Two
    >
    > - three

[^1]: A shelf that everybody may reach. See [[room]].
"""
RECORDS = """\
-- content/sources.yaml --
- {id: council, type: report, title: Counted & filed, issued: 2025, tier: primary, publisher: The Council, URL: "https://c.example/a?b=1&c=2"}
-- content/numbers.yaml --
- {id: visits, value: "115,000", label: Visits, definition: All of them., as_of: 2025, source: [council]}
-- content/people.yaml --
- {id: ada, name: Ada Moss, summary: She keeps the books.}
-- content/glossary.yaml --
- {id: open-shelf, term: Open shelf, meaning: A shelf for everybody.}
-- content/events.yaml --
- {id: opened, date: 2024-05-02, title: The library opens, sources: [council]}
"""
ROOM = "It is quiet. See [[hours]].\n\n## Sundays {#sundays}\n\nIt is shut."
ROOM_IN_ARABIC = "هادئة. انظر [[hours]].\n\n## Sundays {#sundays}\n\nمغلقة."
EASY = ":clock: The library opens at nine.\n\n:book: See [[room]]."
RICH = f"""\
-- content/site.yaml --
title: The Riverside Library & its <friends>
tagline: What the town library does
base_url: https://library.example/guide
language: en-GB
publisher: {{name: Friends of the Library}}
licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}}
epub: true
editions: {{cy: {{title: Llyfrgell Glan yr Afon}}}}
-- content/pages/index.md --
---
title: The Riverside Library
summary: All about it.
---
Welcome.
{RECORDS}-- content/briefs/hours.md --
{brief(body=TEXT, updated="2026-01-12")}-- content/briefs/room.md --
{brief("The reading room", ROOM, updated="2026-01-11")}-- content/briefs/oriau.md --
{brief("Oriau agor", "Mae’n agor am naw. Gweler [[room]].", edition_of="hours", lang="cy")}-- content/briefs/easy.md --
{brief("Opening hours", EASY, edition_of="hours", form="easy-read")}"""
"""A site with everything that a text can show, in English, in Welsh and in Easy Read."""
ARABIC = f"""\
-- content/site.yaml --
title: مكتبة ضفة النهر
tagline: ما تفعله مكتبة المدينة
language: ar
publisher: {{name: أصدقاء المكتبة}}
epub: true
-- content/pages/index.md --
---
title: مكتبة ضفة النهر
summary: كل شيء عنها.
---
أهلا.
{RECORDS}-- content/briefs/hours.md --
{brief("ساعات العمل", TEXT)}-- content/briefs/room.md --
{brief("غرفة القراءة", ROOM_IN_ARABIC)}"""
"""A site wholly in Arabic, without an address on the web."""


def add_pictures(site: Site) -> Site:
    """Add the pictures that the texts show."""
    data = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(data, "PNG")
    site.write("content/briefs/river.png", data.getvalue())
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7H1z"/></svg>'
    site.write("assets/map.svg", drawing)
    return site


def read_book(data: bytes) -> dict[str, bytes]:
    """Return the files of a book by name, in their order."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def documents(data: bytes) -> dict[str, Element]:
    """Return the documents of a book by name."""
    return {name: fromstring(file) for name, file in read_book(data).items() if name.endswith(".xhtml")}


def package(data: bytes) -> Element:
    """Return the package of a book."""
    return fromstring(read_book(data)["EPUB/package.opf"])


def words(node: Element) -> list[str]:
    """Return the words of an element, without the names of sources, which have other numbers in a book."""

    def texts(element: Element) -> str:
        inner = "".join(texts(child) + (child.tail or "") for child in element)
        return "" if element.get("class") == "chip" else (element.text or "") + inner

    return texts(node).split()
