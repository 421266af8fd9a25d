"""What is published of a picture: turned upright, in the widths that pages need, without what the camera wrote in it.

Pillow is loaded only for a picture that no earlier build has read. Colours become those of sRGB.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from io import BytesIO
from posixpath import basename, splitext
from urllib.parse import quote

from PIL import ExifTags, Image, ImageCms, ImageOps

from briefing.incremental.hashed import Hashed
from briefing.model.addresses import make_id
from briefing.model.files import File, Rendered
from briefing.model.media import SiteFile
from briefing.problems import Finding
from briefing.read.image_size import measure
from briefing.read.metadata import clean, has_too_many_scans

_FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    IndexError,
    TypeError,
    OverflowError,
    RuntimeError,
)
"""What Pillow raises for a damaged file."""
_PHOTOS = ("AVIF", "JPEG", "MPO", "WEBP")
"""Formats that usually hold photographs, whose colours need not be exact."""
_WIDTHS = (480, 960, 1440, 1920)
"""Widths in pixels: of a phone, of the text, and of both on a screen with twice as many pixels."""
_PLAIN = 960
"""The width for browsers that cannot choose, and for the one-file edition."""
_PLACE = {ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude}
_STEP = 1.25
"""How many times narrower a version must be to be worth its bytes."""
_TURNED = (5, 6, 7, 8)
"""Values of the orientation in EXIF that lay a picture on its side."""
_LONGEST_NAME = 60
_LONGEST_SIDE, _MOST_PIXELS = 65_500, 50_000_000
"""Pixels of a side, and of a picture that is not a JPEG."""


def read_picture(file: File) -> SiteFile:
    """Return what is published of a picture, by its path in the site's folder, and what is wrong with it."""
    data = file.data.value
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow says of notes that are cut off
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS) as picture:
                if _is_too_large(picture) or has_too_many_scans(data):
                    raise Image.DecompressionBombError
                return _read(picture, file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = "the picture has more pixels than any screen can show"
    except _DAMAGED as error:
        if all(measure(data)):  # which browsers show up to where it is cut off
            return _as_it_is(file, *measure(data), (_broken(error),))
        message = "the picture cannot be read: it is of another kind, or its beginning is damaged"
    if any(measure(data)):
        message = "the picture has {:,} × {:,} pixels".format(*measure(data))
    finding = Finding("picture-size", message, "save it again as JPEG, PNG or WebP, at most 4,000 pixels wide")
    return SiteFile(file.path, f"/{quote(file.path)}", findings=(finding,))


def _is_too_large(picture: Image.Image) -> bool:
    """Whether a picture takes too much memory to scale; a large JPEG is made smaller while it is read."""
    return max(picture.size) > _LONGEST_SIDE or (
        picture.format not in ("JPEG", "MPO") and picture.width * picture.height > _MOST_PIXELS
    )


def _broken(error: Exception) -> Finding:
    message = f"the picture is damaged or cut off, so browsers show only a part of it ({str(error).split(':')[0]})"
    return Finding("broken-picture", message, "copy or download it again")


def _as_it_is(file: File, width: int, height: int, findings: tuple[Finding, ...]) -> SiteFile:
    """Return a picture that moves or is damaged: it is published as it is, but without notes."""
    whole = clean(file.data.value)
    one = Rendered(f"{_stem(file)}{splitext(file.path)[1].lower()}", Hashed.of(whole), size=len(whole))
    return SiteFile(file.path, f"/{quote(one.path)}", 0, width, height, (), (one,), findings)


def _read(picture: Image.Image, file: File) -> SiteFile:
    """Read a picture whose beginning is right."""
    width, height = picture.size
    kind = picture.format or ""
    exif = picture.getexif()
    if exif.get(ExifTags.Base.Orientation) in _TURNED:
        width, height = height, width
    findings = []
    if _PLACE & exif.get_ifd(ExifTags.IFD.GPSInfo).keys() or b"GPSLatitude" in file.data.value:
        message = "the picture says where it was taken; readers get it without the place, but the file still holds it"
        hint = f'remove it: briefing picture "{file.path}"'
        findings.append(Finding("picture-place", message, hint))
    moves = kind in ("GIF", "PNG", "WEBP") and bool(getattr(picture, "is_animated", False))
    if not moves:
        try:
            made = tuple(_versions(picture, file, width))
            sources = tuple((f"/{quote(one.path)}", _width_of(one)) for one in made[1:])
            return SiteFile(file.path, f"/{quote(made[0].path)}", 0, width, height, sources, made, tuple(findings))
        except _DAMAGED as error:
            if kind == "AVIF":  # whose notes cannot be taken out
                raise
            findings.append(_broken(error))
    return _as_it_is(file, width, height, tuple(findings))


def _versions(picture: Image.Image, file: File, width: int) -> Iterator[Rendered]:
    """Yield the picture for browsers that cannot choose, then its widths as WebP."""
    kind = picture.format or ""
    if kind in ("JPEG", "MPO"):
        picture.draft(None, (_WIDTHS[-1], _WIDTHS[-1]))  # which decodes a large one in a fraction of the time
    upright = _plain_colours(ImageOps.exif_transpose(picture))
    is_photo = kind in _PHOTOS and "A" not in upright.mode
    widest = min(width, _WIDTHS[-1])
    medium = _PLAIN if widest > _PLAIN * _STEP else widest
    widths = {medium, *(one for one in _WIDTHS if one * _STEP < widest), widest}
    scaled = {
        wide: upright.resize((wide, max(1, round(upright.height * wide / upright.width))), Image.Resampling.LANCZOS)
        for wide in widths
    }
    plain = scaled[medium]
    if is_photo:
        yield _rendered(file, plain, "jpg", "JPEG", {"quality": 82, "optimize": True, "progressive": True})
    else:
        yield _rendered(file, plain, "png", "PNG", {"optimize": True})
    for _, one in sorted(scaled.items()):
        lossy = _rendered(file, one, "webp", "WEBP", {"quality": 80, "method": 4})
        exact = lossy if is_photo else _rendered(file, one, "webp", "WEBP", {"lossless": True, "method": 4})
        yield min(lossy, exact, key=lambda made: made.size)


def _rendered(file: File, picture: Image.Image, ending: str, kind: str, options: dict[str, object]) -> Rendered:
    out = BytesIO()
    picture.save(out, kind, **options)
    data = out.getvalue()
    return Rendered(f"{_stem(file)}-{picture.width}.{ending}", Hashed.of(data), size=len(data))


def _stem(file: File) -> str:
    """Return how the path of each version begins: with a readable name, and a digest, so that no two clash."""
    name = make_id(splitext(basename(file.path))[0])[:_LONGEST_NAME].strip("-") or "picture"
    return f"pictures/{name}-{file.data.digest[:8]}"


def _width_of(made: Rendered) -> int:
    return int(made.path.rpartition("-")[2].partition(".")[0])


def _plain_colours(picture: Image.Image) -> Image.Image:
    """Return a picture in 8 bits of grey or of sRGB, with transparency if it has any."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    has_alpha = picture.has_transparency_data
    alpha = picture.convert("RGBA").getchannel("A") if has_alpha else None
    if picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("L" if picture.mode in ("1", "LA") else "RGB")
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
            picture = turned or picture
        except (ImageCms.PyCMSError, OSError, ValueError):  # a damaged profile, or one for other colours
            pass
    if picture.mode == "CMYK":
        picture = picture.convert("RGB")
    if alpha:
        picture.putalpha(alpha)
    picture.info = {}
    return picture
