"""Pictures: turned upright, small enough, without what a camera wrote into them; each file is right or reported."""

from __future__ import annotations

import random
import re
import struct
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from briefing.incremental.hashed import Hashed
from briefing.model.files import File
from briefing.model.media import SiteFile
from briefing.read.metadata import clean
from briefing.read.pictures import read_picture
from tests.sites import MakeSite, brief

SECRET = "Camera 4711 of Ada Moss"
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MODES = ("L", "RGB", "RGBA", "LA", "P", "1", "CMYK")


def notes(orientation: int = 1, place: bool = False) -> Any:
    """Return what a telephone writes into a picture."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Make] = orientation, SECRET
    if place:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return exif


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 20), kind: str = "JPEG", **options: Any) -> bytes:
    """Return the file of a picture whose left half is dark, and whose right half is light."""
    whole = Image.new("L", size, 230)
    whole.paste(30, (0, 0, size[0] // 2, size[1]))
    made = (
        whole.convert("I").point(lambda level: level * 256).convert("I;16") if mode == "I;16" else whole.convert(mode)
    )
    out = BytesIO()
    made.save(out, kind, **options)
    return out.getvalue()


def read(data: bytes, name: str = "room.jpg") -> SiteFile:
    """Return what is published of a file."""
    return read_picture(File(f"content/briefs/{name}", name, Hashed.of(data)))


def shown(file: SiteFile) -> list[Any]:
    """Return the published versions, decoded."""
    found = []
    for one in file.published:
        made = Image.open(BytesIO(one.data.value))
        made.load()
        found.append(made)
    return found


@pytest.mark.parametrize(("mode", "kind"), [*product(MODES, FORMATS), ("I;16", "PNG")])
def test_every_kind_of_picture_looks_the_same_in_every_version(mode: str, kind: str) -> None:
    """What a format can hold is shown: dark on the left, light on the right, without a word of the camera."""
    options = {} if kind == "GIF" else {"exif": notes()}
    try:
        data = picture(mode, kind=kind, **options)
    except (OSError, ValueError, KeyError):
        return  # this format cannot hold such a picture
    file = read(data)
    assert (file.width, file.height, file.findings) == (40, 20, ())
    for one in shown(file):
        assert [SECRET.encode() in made.data.value for made in file.published] == [False] * len(file.published)
        left, right = (one.convert("L").getpixel((x, 10)) for x in (8, 32))
        assert left < 70 and right > 190


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation: int) -> None:
    """Its size is that of the upright picture, and no version says that it must be turned."""
    file = read(picture(exif=notes(orientation)))
    turned = orientation >= 5
    assert (file.width, file.height) == ((20, 40) if turned else (40, 20))
    for one in shown(file):
        assert one.size == (file.width, file.height)
        assert one.getexif().get(ExifTags.Base.Orientation, 1) == 1


def test_a_large_picture_has_versions_that_fit() -> None:
    """Each is worth its bytes, none is wider than the picture, and the plain one is as wide as the text."""
    file = read(picture(size=(2400, 600)))
    assert [width for _, width in file.sources] == [480, 960, 1440, 1920]
    assert [one.width for one in shown(file)] == [960, 480, 960, 1440, 1920]
    assert [width for _, width in read(picture(size=(500, 50))).sources] == [500]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_place_is_reported_and_not_published(kind: str) -> None:
    """A picture that says where it was taken is a warning; one without a place is none."""
    assert [one.code for one in read(picture(kind=kind, exif=notes(place=True))).findings] == ["picture-place"]
    assert read(picture(kind=kind, exif=notes())).findings == ()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_notes_are_taken_out_without_changing_a_pixel(kind: str, orientation: int) -> None:
    """The command takes out all but the side that is up, and has nothing to do a second time."""
    data = picture(size=(40, 20), kind=kind, exif=notes(orientation, place=True))
    cleaned = clean(data)
    assert SECRET.encode() not in cleaned
    before, after = (Image.open(BytesIO(one)) for one in (data, cleaned))
    assert before.tobytes() == after.tobytes()
    assert dict(after.getexif()) == ({ExifTags.Base.Orientation: 6} if orientation == 6 else {})
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@given(exif=st.integers(0, 8), xmp=st.integers(0, 8))
def test_a_picture_without_notes_stands_as_before(kind: str, exif: int, xmp: int) -> None:
    """Its size on a page stays the same, whether EXIF or XMP says which side is up; 0 stands for nothing."""
    options: dict[str, Any] = {"exif": notes(exif, place=True) if exif else b""}
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d tiff:Orientation="{xmp}" by="{SECRET}"/></x:xmpmeta>'
    if xmp and kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", packet)
    elif xmp:
        options["xmp"] = packet.encode()
    data = picture(size=(40, 20), kind=kind, **options)
    cleaned = clean(data)
    before, after = (ImageOps.exif_transpose(Image.open(BytesIO(one))) for one in (data, cleaned))
    assert before.tobytes() == after.tobytes() and before.size == after.size
    assert SECRET.encode() not in cleaned and clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture-size"),
        (b"Dear reader, this is a letter.", "picture-size"),
        (picture(size=(400, 400))[:900], "broken-picture"),
        (picture(kind="PNG", size=(400, 400))[:80], "broken-picture"),
    ],
)
def test_what_is_no_picture_or_only_a_part_is_reported(data: bytes, code: str) -> None:
    """A file that a browser shows in part is a warning, and one that it does not show an error."""
    assert [one.code for one in read(data).findings] == [code]


def test_damaged_files_are_reported_and_never_a_traceback() -> None:
    """Wherever bytes are wrong or missing."""
    chance = random.Random(7)
    for kind in FORMATS:
        whole = picture(kind=kind, **({} if kind == "GIF" else {"exif": notes(6, place=True)}))
        for _ in range(40):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 5)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            file = read(bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data))
            assert {one.code for one in file.findings} <= {"picture-size", "picture-place", "broken-picture"}
            assert file.published or file.findings


def test_what_moves_goes_on_moving() -> None:
    """A GIF of two pictures is published as it is."""
    out = BytesIO()
    one, other = Image.new("L", (20, 10), 0), Image.new("L", (20, 10), 255)
    one.save(out, "GIF", save_all=True, append_images=[other])
    file = read(out.getvalue(), "moving.gif")
    assert ([out.getvalue()], ()) == ([made.data.value for made in file.published], file.sources)


def test_a_site_shows_a_picture_beside_its_text(site: MakeSite) -> None:
    """Names have spaces and punctuation, the page has sizes and versions, and the one file holds the picture."""
    one = site()
    one.edit(
        "content/site.yaml", "{file: map.svg, reason: Shows the river.}", '{file: "briefs/room #1.JPG", reason: Empty.}'
    )
    one.write("content/briefs/room #1.JPG", picture(size=(1000, 500)))
    shown = '![The room](<room #1.JPG> "At nine."){credit="Ada Moss" licence="CC BY 4.0"}'
    one.write("content/briefs/hours.md", brief(body=f"It opens.\n\n{shown}\n"))
    one.good()
    page = one.page("/briefs/hours/")
    assert '<figure><picture><source type="image/webp" srcset="../../pictures/room-1-' in page
    assert (
        'alt="The room" width="1000" height="500" loading="lazy" decoding="async"></picture><figcaption>At nine.'
        in page
    )
    assert "Ada Moss, CC BY 4.0" in page
    assert 'src="data:image/jpeg;base64,' in one.output()["briefing.html"].decode()


def moving(kind: str, **options: Any) -> bytes:
    """Return the file of a picture that moves."""
    out = BytesIO()
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue", "green")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], loop=0, **options)
    return out.getvalue()


def chunk(name: bytes, words: bytes) -> bytes:
    """Return a chunk of a WebP."""
    return name + struct.pack("<I", len(words)) + words + b"\0" * (len(words) % 2)


NOTE = SECRET.encode()
GIF_NOTES = (
    b"\x21\xfe" + bytes([len(NOTE)]) + NOTE + b"\0",
    b"\x21\xff\x0bXMP DataXMP" + bytes([len(NOTE)]) + NOTE + b"\0",
    b"\x21\x01\x0c" + b"\0" * 12 + bytes([len(NOTE)]) + NOTE + b"\0",
)
JPEG_NOTES = tuple(
    bytes([0xFF, marker]) + struct.pack(">H", len(NOTE) + len(start) + 2) + start + NOTE
    for marker, start in ((0xE1, b"Exif\0\0II*\0"), (0xE0, b"JFXX\0\x10"), (0xED, b"Photoshop 3.0\0"), (0xFE, b""))
)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_is_published_without_notes(kind: str) -> None:
    """Comments, other chunks and what follows the picture are taken out, and every frame stays."""
    data = moving(kind, **({"comment": NOTE} if kind == "GIF" else {"exif": notes()}))
    if kind == "GIF":
        first = data.index(b"\x21\xf9")
        data = data[:first] + b"".join(GIF_NOTES) + data[first:]
    elif kind == "WEBP":
        data += chunk(b"ABCD", NOTE)
        data = data[:4] + struct.pack("<I", len(data) - 8) + data[8:]
    file = read(data + NOTE, f"a.{kind.lower()}")
    [made] = shown(file)
    assert NOTE not in file.published[0].data.value
    with Image.open(BytesIO(data)) as before:
        assert made.n_frames == before.n_frames == 3
        for number in range(3):
            made.seek(number)
            before.seek(number)
            assert made.convert("RGB").tobytes() == before.convert("RGB").tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_a_picture_that_is_cut_off_is_published_without_notes(progressive: bool) -> None:
    """Wherever a note stands between the segments of a JPEG, also after its first pixels or with bytes that fill."""
    whole = picture(size=(200, 200), progressive=progressive)
    places = [found.start() for found in re.finditer(rb"\xff[^\0\xd0-\xd9\xff]", whole)]
    for place, note, fill in product(places, JPEG_NOTES, (b"", b"\xff", b"\xff\xff")):
        data = whole[:place] + fill + note + whole[place:-9]
        file = read(data)
        assert not any(NOTE in one.data.value for one in file.published), (place, note)
        assert NOTE not in clean(data)
        assert file.published


def test_a_file_of_another_kind_is_left_as_it_is() -> None:
    """Whatever its name says: only formats of which each part is known are taken apart."""
    for data in (b"", b"RIFF\0\0\0\0WAVE" + JPEG_NOTES[0], b"\0\0\0\x1cftypavif" + JPEG_NOTES[0]):
        assert clean(data) == data


def test_a_small_file_that_unpacks_to_a_large_picture_is_refused() -> None:
    """Too many pixels, a side that is too long, or hundreds of passes over the same pixels."""
    many = picture(size=(64, 64), progressive=True)
    last = many.rindex(b"\xff\xda")
    for data in (
        picture("1", (8000, 8000), "PNG"),
        picture("1", (70_000, 2), "PNG"),
        many[:last] + many[last:-2] * 200 + many[-2:],
    ):
        assert [one.code for one in read(data).findings] == ["picture-size"]
        assert not read(data).published
    assert read(many).published
