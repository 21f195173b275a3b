"""Read the words before a number that say how exact it is."""

import re

from bot.posts import Qualifier

_WORDS = {
    Qualifier.ABOUT: (
        "about|around|approximately|roughly|nearly|almost|some|an estimated|estimated|estimated at|circa|close to|"
        "virtually|in the region of|approx\\.?|~|≈|"
        "около|примерно|приблизительно|порядка|почти|где-то|ориентировочно|практически|чуть ли не"
    ),
    Qualifier.MORE: (
        "(?:slightly |just |well |far |much |a little )?(?:more than|over|above|upwards of|in excess of|exceeding|greater than)|"
        "(?:чуть |немного |намного |гораздо )?(?:более чем за|более чем в|более чем на|более чем|более|больше чем|больше|свыше)"
    ),
    Qualifier.LESS: (
        "(?:slightly |just |well |far |much |a little )?(?:less than|fewer than|under|below)|not even|"
        "(?:чуть |немного |намного |гораздо )?(?:менее чем за|менее чем на|менее чем|менее|меньше чем|меньше)"
    ),
    Qualifier.AT_LEAST: (
        "at least|at the very least|a minimum of|no fewer than|no less than|not less than|minimum|"
        "не менее чем|не менее|не меньше|как минимум|минимум|по меньшей мере|по крайней мере|самое малое"
    ),
    Qualifier.AT_MOST: (
        "up to|as many as|as much as|at most|no more than|not more than|a maximum of|"
        "не более чем|не более|не больше|не свыше|максимум|вплоть до|до"
    ),
}
_BEFORE = [
    (qualifier, re.compile(rf"(?<![\w-])(?:{words})[\s*_]*$", re.IGNORECASE)) for qualifier, words in _WORDS.items()
]
# "не более" must win over "более", "no less than" over "less than".
_ORDER = (Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.MORE, Qualifier.LESS, Qualifier.ABOUT)
_REACH = 28


def read_qualifier(text: str, line_start: int, start: int) -> tuple[Qualifier, int]:
    """Return the qualifier before ``start`` and where it begins (``start`` itself if there is none)."""
    floor = max(line_start, start - _REACH)
    before = text[floor:start]
    for wanted in _ORDER:
        for qualifier, pattern in _BEFORE:
            if qualifier is wanted and (match := pattern.search(before)):
                return qualifier, floor + match.start()
    return Qualifier.EXACT, start
