import struct

from hypothesis import given
from hypothesis import strategies as st

from bot.playground.world.images import image_size

SIDES = st.integers(1, 65_535)


@given(SIDES, SIDES)
def test_a_png_tells_its_size(width: int, height: int) -> None:
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)
    assert image_size(header) == (width, height)


@given(SIDES, SIDES)
def test_a_gif_tells_its_size(width: int, height: int) -> None:
    assert image_size(b"GIF89a" + struct.pack("<HH", width, height)) == (width, height)


@given(SIDES, SIDES, st.lists(st.tuples(st.sampled_from([0xE0, 0xE1, 0xDB, 0xC4]), st.binary(max_size=40)), max_size=4))
def test_a_jpeg_tells_its_size_behind_any_other_segments(
    width: int, height: int, segments: list[tuple[int, bytes]]
) -> None:
    before = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in segments)
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, height, width, 3)
    assert image_size(b"\xff\xd8" + before + frame) == (width, height)


@given(st.binary(max_size=60), st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF89a"]))
def test_anything_else_has_a_size_or_none_but_never_a_fault(content: bytes, start: bytes) -> None:
    size = image_size(start + content)
    assert size is None or len(size) == 2
