"""Split a text into sentences; a newline always ends one.

By rules of our own, since razdel knows Russian only, nupunkt English only, and neither knows posts, where a sentence
may end with an emoji or with nothing.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from bot.text.words.characters import EMOJI
from bot.text.words.tokens import is_stopword

_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]")
_STOPS = ".!?…‼⁇⁈⁉\u037e؟۔।॥։။។።"  # U+037E is the Greek question mark
_CLOSERS = "'\"»”’)\\]}›*\ufe0f"
# Where a sentence may end: at a stop with what closes quotations and the emoji after it; at a wide stop of Chinese and
# Japanese, which leave no blank; at an emoji between words; at Armenian's other full stop; where a blank was forgotten.
_END = re.compile(
    rf"(?<![{_STOPS}])(?P<stop>[{_STOPS}]++)(?P<closers>[{_CLOSERS}]*+)(?:[\s{EMOJI}]*[{EMOJI}](?=\s)|\s+[:;]-?[()]+(?=\s)|(?=\s))\s*+"
    r"|(?<![。！？｡])(?P<wide>[。！？｡]++)(?P<brackets>[」』】”’）》]*+)\s*+"
    rf"|(?<![\s{EMOJI}])(?P<emoji>(?:\s*+[{EMOJI}])++)\s++(?=[^\W\d_])"
    r"|(?<=[ա-և])(?P<colon>:)\s++(?=[Ա-Ֆ])"
    r"|(?<=[а-яёіїєґ]{3})(?P<joined>[.!?…]++)(?=[А-ЯЁІЇЄҐ][а-яёіїєґ])"
)
_NEXT_WORD = re.compile(
    rf"(?P<gap>(?:[\[<(](?:\.{{3}}|…)[\])>]\s*)?[\s'\"«“„‘‚‹(\[{{「『【—–―¿¡#@$€£₽№+~{EMOJI}-]*+)(?P<word>[^\W_]{{1,24}})"
)
# The word before a stop, with the stops inside of an abbreviation, which may have blanks after them (т. д.).
_LAST_WORD = re.compile(r"(?<![^\W_])(?:[^\W_]+[.'’&-])*[^\W_]+$")
_SPACED = re.compile(r"(?<![^\W_])([^\W\d_])\. ([^\W\d_])$")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_NUMBERED = re.compile(r"[\dIVXLCХ][\s’'-]*$")
_ROMAN = re.compile(r"[IVXLC]+")
_DASHES = "—–―-"
# Emoji that stand for a word between two names: flags, arrows, versus, love.
_LIKE_WORDS = re.compile("[\U0001f1e6-\U0001f1ff←-⇿➡🆚❤]")
# "Is it over?" Ms. Jones asked.
_SPEAKER = re.compile(
    r"\s*(?:[A-Z][\w.'’-]{0,30} ){1,4}(?:said|says|asked|asks|told|added|wrote|replied|tweeted|shouted|exclaimed)\b"
)
# A stop inside of a quoted title, after which the sentence goes on: "Лидеры России. Политика", приуроченный к выборам.
_OPENED = re.compile(r"[^\W_],? [«\"“][^\s«»\"“”.!?…][^«»\"“”.!?…]{0,38}\Z")
_CLOSED = re.compile(r"[^«»\"“”.!?…\n]{1,40}[»\"”](?:[,;]|\s+(?=[^\W\d_])(?P<next>\w))")
_AFTER_TIME = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|[A-Z]{2,4}$")
# Languages that write ordinals and days of the month with a full stop.
_DOTTED_ORDINALS = frozenset(("cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "no", "sk", "sl", "tr"))
_CYRILLIC = frozenset(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"))
# Longer words are no abbreviations. An abbreviation so near to the beginning ends no sentence: "В 2016 г. Минфин".
_LONGEST_WORD, _NEAR = 24, 16
# A name after a dash, not a sentence, if no more follows: "Мы победим! — Макгрегор".
_SHORT_REMARK = 40


def split_sentences(text: str, lang: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every sentence, without the white space around it, in order.

    Takes linear time. What has neither a letter nor a digit is no sentence.
    """
    bounds = []
    for paragraph in _PARAGRAPH.finditer(text):
        if not _WORD.search(paragraph[0]):
            continue
        start, end = _stripped(text, *paragraph.span())
        for stop in _ends(text, start, end, lang):
            bounds.append(_stripped(text, start, stop))
            start = stop
        bounds.append((start, end))
    return bounds


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _ends(text: str, start: int, end: int, lang: str) -> Iterator[int]:
    """Yield where the next sentences of a paragraph begin."""
    paragraph = start
    for match in _END.finditer(text, start, end):
        following = _NEXT_WORD.match(text, match.end(), end)
        if not following or not _WORD.search(text, start, match.start()):
            continue
        kind, word = match.lastgroup, following["word"]
        if kind == "closers":
            is_end = _may_begin(word) and not _goes_on(text, match, following, end)
            if is_end and match["stop"] == ".":
                is_end = _full_stop_ends(text, start, match, following, lang, first=start == paragraph)
        elif kind == "emoji":
            is_end = word[0].isupper() and _emoji_ends(text, start, match, end)
        elif kind == "brackets":
            is_end = not match["brackets"] or text[match.end() - 1].isspace() or bool(following["gap"])
        else:
            is_end = kind == "colon" or _last_word(text, start, match.start())[:1].islower()
        if is_end:
            yield match.end()
            start = match.end()


def _may_begin(word: str) -> bool:
    """Tell whether a sentence may begin with a word: a capital, a digit, a script without capitals, an iPhone."""
    # Georgian letters count as small ones, though no sentence begins with their capitals.
    return not word[0].islower() or not word.islower() or "ა" <= word[0] <= "ჿ"


def _goes_on(text: str, match: re.Match[str], following: re.Match[str], end: int) -> bool:
    """Tell whether a sentence goes on: after a quotation or a remark in brackets, after a dash, in a quoted title."""
    if text[match.start() - 1] in "([<":
        return True
    if following["gap"][:1] in tuple(_DASHES):
        return bool(match["closers"]) or end - match.end() < _SHORT_REMARK
    if not match["closers"] and _OPENED.search(text, max(0, match.start() - 43), match.start()):
        closed = _CLOSED.match(text, match.end(), end)
        if closed and (closed["next"] is None or closed["next"].islower()):
            return True
    asked = match["closers"][-1:] in tuple("\"”'’") and match["stop"] != "."
    return asked and _SPEAKER.match(text, match.end(), end) is not None


def _emoji_ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Tell whether an emoji between words parts sentences: no short phrases are before and after it."""
    before, after = text[max(start, match.start() - 60) : match.start()], text[match.end() : min(end, match.end() + 60)]
    return before.count(" ") > 1 and after.count(" ") > 0 and not _LIKE_WORDS.search(match[0])


def _full_stop_ends(  # noqa: PLR0911, PLR0913  one return a rule, in the order of the rules
    text: str, start: int, match: re.Match[str], following: re.Match[str], lang: str, *, first: bool
) -> bool:
    """Tell whether a full stop ends a sentence, or belongs to a number, to initials or to an abbreviation."""
    stop = match.start()
    word = _last_word(text, start, stop)
    after = following["word"]
    if word.isdigit():
        ordinal = first and not any(char.isalpha() for char in text[max(start, stop - 6) : stop])
        return not (ordinal and stop - start < 6) and not (len(word) < 3 and lang in _DOTTED_ORDINALS)
    kind = _kind(word, lang)
    if _INITIALS.fullmatch(word) and not text.startswith("°", stop - 2):
        kind = "may" if word[0].isupper() else kind
    if kind is None:
        return True
    if kind == "opens" or match["closers"].startswith(")") or stop - start < len(word) + 2:
        return False
    if kind == "number":
        return not (after[0].isdigit() or _ROMAN.fullmatch(after))
    if kind == "scale" and after[0].isdigit():
        return False
    if kind == "year":
        numbered = _NUMBERED.search(text, max(start, stop - len(word) - 3), stop - len(word))
        return numbered is not None and stop - start > _NEAR
    if kind == "time" and _AFTER_TIME.match(after):
        return False
    if kind == "may" or (kind == "firm" and after.isupper()):
        initial = len(after) == 1 and text.startswith(".", following.end())
        return is_stopword(after, lang) and not initial
    return True


def _kind(word: str, lang: str) -> str | None:
    """Return what kind of abbreviation a word is; in capitals it opens or is a name (ВВ. is not вв.)."""
    low = word.lower()
    kind = abbreviations(lang).get(low)
    if not kind and lang in _CYRILLIC and low.isascii():
        kind = abbreviations("en").get(low)
    named = len(word) > 1 and word.isupper() and "." not in word and kind != "opens"
    return None if named else kind


def _last_word(text: str, start: int, stop: int) -> str:
    before = text[max(start, stop - _LONGEST_WORD) : stop]
    if spaced := _SPACED.search(before):
        return f"{spaced[1]}.{spaced[2]}"
    match = _LAST_WORD.search(before)
    return match[0] if match else ""


@cache
def abbreviations(lang: str) -> dict[str, str]:
    """Return what kind of abbreviation each one of a language is; abbreviations.txt tells of the kinds.

    Belarusian, Bulgarian and others that write Cyrillic go by the Russian ones, those without any by the English.
    """
    sections: dict[str, dict[str, str]] = {}
    words: dict[str, str] = {}
    kind = ""
    for line in (files("bot.text") / "data" / "abbreviations.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language, kind = line.strip("[]").split()
            words = sections.setdefault(language, {})
        elif not line.startswith("#"):
            words.update(dict.fromkeys(line.split(), kind))
    if lang in sections:
        return sections[lang]
    return sections["ru"] if lang in _CYRILLIC else sections["en"]
