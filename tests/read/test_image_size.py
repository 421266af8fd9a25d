"""Pictures: sizes are read from the first bytes of a file, and not guessed."""

from __future__ import annotations

import struct

import pytest

from briefing.read.image_size import measure

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x02\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(9) + b"\xff\xc0\0\x11\x08" + struct.pack(">HH", 480, 640) + bytes(12)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PNG, (640, 480)),
        (JPEG, (640, 480)),
        (JPEG.replace(b"\xff\xc0", b"\xff\xc2"), (640, 480)),
        (b'<svg xmlns="x" viewBox="0 0 640 480">', (640, 480)),
        (b"<svg viewBox='0 0 640.5 480'>", (640, 480)),
        (b"<svg width='640'>", (0, 0)),
        (PNG[:20], (0, 0)),
        (JPEG[:25], (0, 0)),
        (b"", (0, 0)),
        (b"GIF89a", (0, 0)),
        (b"<!--" + b"x" * 4096 + b"--><svg viewBox='0 0 640 480'>", (0, 0)),
        (b"<svg viewBox='0 0 " + b"9" * 5000 + b" 480'>", (0, 0)),
        (b"<svg " + b"x='' " * 10**6, (0, 0)),
        (b"<svg " * 10**6, (0, 0)),
    ],
)
def test_sizes(data: bytes, expected: tuple[int, int]) -> None:
    """Width and height in pixels where the file states them, zeros where it does not."""
    assert expected == measure(data)
