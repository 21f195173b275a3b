"""Options of a recap that are switched by a word of the line that sets it up or changes it.

    picture, with picture           on; the same in Russian: картинка, с картинкой
    no picture, picture off         off: без картинки, картинка выкл
    edits, правки                   late edits of posts are taken over into what was posted

They stand anywhere among the words of the schedule.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.recap import RecapOptions

_WORDS = {
    "picture": ("picture", "pictures", "картинка", "картинки", "картинкой", "картинку"),
    "follow_edits": ("edits", "правки", "правок", "правками"),
}
_OPTION = {word: option for option, words in _WORDS.items() for word in words}
_WITH = {"with", "с", "со"}
_WITHOUT = {"without", "no", "без"}
_SWITCH = {"on": True, "вкл": True, "off": False, "выкл": False}


def take_flags(words: Sequence[str]) -> tuple[dict[str, bool], list[str]]:
    """Take the words that switch options out of a line; return the options by name, and the other words."""
    flags: dict[str, bool] = {}
    rest: list[str] = []
    place = 0
    while place < len(words):
        here, *after = (word.casefold() for word in words[place : place + 3])
        before = 1 if here in _WITH | _WITHOUT and after and after[0] in _OPTION else 0
        option = _OPTION.get(after[0] if before else here)
        if option is None:
            rest.append(words[place])
            place += 1
            continue
        switch = after[before] if len(after) > before and after[before] in _SWITCH else None
        flags[option] = _SWITCH[switch] if switch else here not in _WITHOUT
        place += 1 + before + (switch is not None)
    return flags, rest


def with_flags(options: RecapOptions, flags: dict[str, bool]) -> RecapOptions:
    """Return options some of which are switched."""
    return replace(
        options,
        picture=flags.get("picture", options.picture),
        follow_edits=flags.get("follow_edits", options.follow_edits),
    )
