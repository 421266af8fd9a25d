"""Read the size of a picture from the first bytes of its file, so that pages can reserve space for it."""

from __future__ import annotations

import re
import struct

SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")
_HEAD = 4096
"""Bytes of an SVG in which its size is looked for."""
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""JPEG segments that hold the size (ITU-T T.81, table B.1)."""
_SVG = re.compile(rb"<svg\b")
_VIEW_BOX = re.compile(rb"\bviewBox=[\"']\s*\S{1,30}\s+\S{1,30}\s+(\d{1,30})\S{0,30}\s+(\d{1,30})")


def measure(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels of a PNG, JPEG or SVG; zeros if the file does not state them."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(b"\xff\xd8"):
        return _measure_jpeg(data)
    if not (start := _SVG.search(data[:_HEAD])):
        return 0, 0
    box = _VIEW_BOX.search(data[start.end() : _HEAD].partition(b">")[0])
    return (int(box[1]), int(box[2])) if box else (0, 0)


def _measure_jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
