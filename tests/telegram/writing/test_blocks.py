import pytest

from bot.telegram.writing.blocks import flowing


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        ("It rained.", 1),
        ('"It rained!"', 1),
        ("(It rained.)", 1),
        ("First: New York (144)", 2),
        ("«Rain»", 2),
        ("It rained", 2),
    ],
)
def test_only_what_ends_as_a_sentence_is_followed_by_another_in_its_line(first: str, lines: int) -> None:
    assert len(flowing([first, "Then it snowed."])) == lines
