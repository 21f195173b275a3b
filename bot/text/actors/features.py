"""What the name models see of a token: its form, its neighbours, and the lists of known names."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bot.text.actors.known import Feature, Keep, Kept, keep_known
from bot.text.words.casing import is_shouted, is_whispered, true_case
from bot.text.words.document import Document, Line
from bot.text.words.gazetteers import (
    LONGEST_KNOWN,
    base,
    casing,
    demonyms,
    first_names,
    first_words_of_names,
    known_names,
    surnames,
)
from bot.text.words.morphology import parse

_RUNS = re.compile(r"(.)\1+")
# Words of the commonest shapes, told at once.
_USUAL = re.compile("[A-ZА-ЯЁ]?[a-zа-яё]+")
# Grammemes of OpenCorpora that mark proper names.
_NAME_TAGS = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr")
_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg")
_OPEN, _CLOSE = '«“„"', '»”“"'
_QUOTE_REACH = 6
# Words that may stand inside a run of capitalised words ("Bank of America").
_LINKS = frozenset(("of", "the", "and", "for", "&", "de", "la", "al", "del", "di", "in"))
# How many words are remembered: the most frequent ones return soon.
_REMEMBERED = 32768
Row = list[Feature]
Features = Sequence[tuple[Line, list[Row]]]


def model_language(lang: str) -> str:
    """Return the language whose name model reads posts of this language."""
    return "ru" if lang in _CYRILLIC else "en"


def document_features(document: Document, keep: Keep | None = None) -> Features:
    """Return the lines with the features of their tokens, for the model of the document's language.

    Lines without any capital letter, which name nobody, are left out, and so are most features that the models do not
    know, since half of the time of reading names goes by the number of features; ``keep`` says what to keep instead.
    """
    lang = model_language(document.lang)
    keep = keep or keep_known(lang)
    lines = [[token.text for token in line.tokens] for line in document.lines]
    whispered = is_whispered(lines)
    features = []
    for line, written in zip(document.lines, lines, strict=True):
        telling = not (whispered or is_shouted(written))
        words = written if telling else [true_case(word, lang) for word in written]
        if any(word[0].isupper() for word in words):
            features.append((line, _line_features(words, lang, keep, headline=line.headline)))
    return features


def _line_features(words: Sequence[str], lang: str, keep: Keep, *, headline: bool) -> list[Row]:
    start, end = _edge("^", keep), _edge("$", keep)
    near = [start, start, *(_see(word, lang, keep) for word in words), end, end]
    bases = [word.base for word in near]
    caps = f"caps={_caps(words)}"
    rows = []
    windows = zip(near, near[1:], near[2:], near[3:], near[4:], strict=False)
    for index, (before2, before, this, after, after2) in enumerate(windows):
        row: Row = [
            *this.own, caps,
            *before2.before2, *before.before, *after.after, *after2.after2,
            *keep((f"-1w={before.base}|{this.base}", f"+1w={this.base}|{after.base}")),
            before2.before2_shape, before.before_shape, after.after_shape, after2.after2_shape,
            f"ss={before.shape}|{this.shape}|{after.shape}",
            before.before_part, after.after_part, f"tt={before.part}|{this.part}|{after.part}",
        ]  # fmt: skip
        if headline:
            row.append("head")
        if index == 0:
            row.append("first")
        rows.append(row)
    _add_known(rows, words, bases[2:-2], lang)
    _add_runs(rows, words, bases)
    _add_quotes(rows, words, bases)
    return rows


@lru_cache(maxsize=_REMEMBERED)
def shape(word: str) -> str:
    """Return the shape of a word: Xx for Putin, X for NATO, d for 42, Xd for A320."""
    if _USUAL.fullmatch(word):
        return "x" if word[0].islower() else "Xx"
    kinds = "".join(
        "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char for char in word[:20]
    )
    return _RUNS.sub(r"\1", kinds)


def _own_features(word: str, lang: str) -> list[str]:
    low = word.lower()
    row = [f"w={low}", f"s={shape(word)}", f"p3={low[:3]}", f"e2={low[-2:]}", f"e3={low[-3:]}", f"e4={low[-4:]}"]
    if not word[0].isalpha():
        return row
    if "-" in word:
        row.append("hyphen")
    if lang == "ru":
        form = parse(low)
        row += [f"l={form.lemma}", f"pos={form.part}", f"c={form.case}"]
        row += [f"t={tag}" for tag in _NAME_TAGS if tag in form.tags]
    if base(low) in demonyms():
        row.append("people")
    row.append(f"cr={shape(casing(lang).get(low, ''))}")
    row.append(f"pn={_person_part(word)}")
    return row


class _Seen(NamedTuple):
    """What a word shows: its own features, its base form, its shape, what part of a name it may be.

    Each of the last three also stands as the feature that it is for the word before, after, two before and two after;
    most bases are none that the models know. A tuple, since every new word makes one.
    """

    own: Kept
    base: str
    shape: str
    part: str
    before: Kept
    after: Kept
    before2: Kept
    after2: Kept
    before_shape: str
    after_shape: str
    before2_shape: str
    after2_shape: str
    before_part: str
    after_part: str


@lru_cache(maxsize=_REMEMBERED)
def _see(word: str, lang: str, keep: Keep) -> _Seen:
    own = keep(_own_features(word, lang))
    if lang == "ru" and word[0].isalpha():
        form = parse(word.lower())
        part = (form.part or "-") + "".join(tag[0] for tag in _NAME_TAGS[:5] if tag in form.tags)
        return _seen(own, form.lemma, shape(word), part, keep)
    return _seen(own, word.lower(), shape(word), _person_part(word), keep)


@lru_cache
def _edge(mark: str, keep: Keep) -> _Seen:
    """Return what stands before and after a line."""
    return _seen((), mark, mark, mark, keep)


def _seen(own: Kept, base: str, shape: str, part: str, keep: Keep) -> _Seen:
    return _Seen(own, base, shape, part, *_of_base(base, keep), *_of_shape(shape), *_of_part(part))


def _of_base(base: str, keep: Keep) -> tuple[Kept, Kept, Kept, Kept]:
    return keep((f"-1={base}",)), keep((f"+1={base}",)), keep((f"-2={base}",)), keep((f"+2={base}",))


@lru_cache(maxsize=_REMEMBERED)
def _of_shape(shape: str) -> tuple[str, str, str, str]:
    return f"-1s={shape}", f"+1s={shape}", f"-2s={shape}", f"+2s={shape}"


@cache
def _of_part(part: str) -> tuple[str, str]:
    return f"-1t={part}", f"+1t={part}"


def _person_part(word: str) -> str:
    if not word[0].isupper():
        return ""
    low = word.lower()
    return ("f" if low in first_names() else "") + ("s" if low in surnames() else "")


def _caps(words: Sequence[str]) -> str:
    letters = [word for word in words if word[0].isalpha() and len(word) > 1]
    if not letters:
        return "none"
    if sum(word.isupper() for word in letters) > 0.7 * len(letters):
        return "all"
    capitals = sum(word[0].isupper() for word in letters)
    return "few" if capitals < 0.4 * len(letters) else "many" if capitals < 0.75 * len(letters) else "title"


def _add_known(rows: Sequence[Row], words: Sequence[str], bases: Sequence[str], lang: str) -> None:
    """Mark the longest listed names, and their neighbours."""
    known, first_words = known_names(lang), first_words_of_names(lang)
    index = 0
    while index < len(words):
        if bases[index] not in first_words or not words[index][0].isupper():
            index += 1
            continue
        kind, length = _known_at(known, bases, index)
        if kind:
            _mark_known(rows, index, length, kind)
        index += length


def _known_at(known: Mapping[tuple[str, ...], str], bases: Sequence[str], index: int) -> tuple[str | None, int]:
    for length in range(min(LONGEST_KNOWN, len(bases) - index), 0, -1):
        if kind := known.get(tuple(bases[index : index + length])):
            return kind, length
    return None, 1


def _mark_known(rows: Sequence[Row], start: int, length: int, kind: str) -> None:
    kinds = [kind] if length == 1 else [f"{kind}+"] + [f"{kind}-"] * (length - 1)
    for index, part in enumerate(kinds, start):
        rows[index].append(f"g={part}")
        if index:
            rows[index - 1].append(f"g+={part}")
        if index + 1 < len(rows):
            rows[index + 1].append(f"g-={part}")


def _add_runs(rows: Sequence[Row], words: Sequence[str], bases: Sequence[str]) -> None:
    """Tell a capitalised word the first and the last word of its run, and what stands around the run."""
    index = 0
    while index < len(words):
        end = index
        if words[index][0].isupper():
            while True:
                if end + 1 < len(words) and words[end + 1][0].isupper():
                    end += 1
                elif end + 2 < len(words) and words[end + 1].lower() in _LINKS and words[end + 2][0].isupper():
                    end += 2
                else:
                    break
            common = [f"rl={bases[end + 2]}", f"rf={bases[index + 2]}", f"rs={bases[end + 2][-3:]}"]
            common += [f"r-={bases[index + 1]}", f"r+={bases[end + 3]}"]
            for inside in range(index, end + 1):
                rows[inside] += [*common, f"rn={min(end - index, 4)}|{min(inside - index, 3)}"]
        index = end + 1


def _add_quotes(rows: Sequence[Row], words: Sequence[str], bases: Sequence[str]) -> None:
    """Tell a word in quotation marks what stands before them ("авиакомпания «Азимут»")."""
    opened: int | None = None
    for index, word in enumerate(words):
        if opened is None:
            if word in _OPEN:
                opened = index
        elif word in _CLOSE:
            opened = None
        else:
            before = bases[opened + 1] if index - opened < _QUOTE_REACH else "?"
            rows[index] += ["q", f"q={before}"]
