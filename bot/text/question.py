"""Read what somebody looks for: words, "words in this order", -words that are not wanted.

Pashinyan Yerevan         both
"foreign minister"        one after the other
Pashinyan -elections      not with that
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.text.stems import folded, stems
from bot.text.words.tokens import is_stopword

Phrase = tuple[str, ...]
"""Stems that stand next to each other, in this order; at least one."""

# Of a question that is longer, the rest is passed over: databases refuse the longest ones.
_MOST_PHRASES = 32
_MOST_STEMS = 32
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_PART = re.compile(r'(-(?=["]|[^\W\d_]))?(?:"([^"]*)"|(\S+))')
_MARKS = ".,:;!?…()[]'*-–—"
_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What posts are to hold, and what not.

    Attributes:
        wanted: each of these.
        unwanted: none of these.
        written: how each of those that are wanted was written.

    """

    wanted: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()
    written: tuple[str, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    @property
    def may_be_begun(self) -> bool:
        """Whether its words are long enough to be taken for the beginnings of others."""
        return bool(self.wanted) and all(len(phrase[-1]) >= _BEGINNING for phrase in self.wanted)

    def fits(self, words: Sequence[str]) -> bool:
        """Tell whether a text of these stems is what is looked for."""
        return all(_is_in(words, phrase) for phrase in self.wanted) and not any(
            _is_in(words, phrase) for phrase in self.unwanted
        )


def read_question(text: str) -> Question:
    """Understand a question; words that say nothing by themselves are passed over, unless there are no others.

    What is written as one word and has several stems, such as F-16, is a phrase. "US" says more than "us". A question
    without letters and digits asks for nothing.
    """
    loud = set() if text.isupper() else {folded(word) for word in text.split() if len(word) > 1 and word.isupper()}
    wanted: dict[Phrase, str] = {}
    telling: dict[Phrase, str] = {}
    unwanted: list[Phrase] = []
    plain = text.translate(_QUOTES)
    parts, written = _PART.findall(folded(plain)), _PART.findall(plain)
    if len(parts) != len(written):  # such as 1 234, which is one word
        written = parts
    for (minus, quoted, word), (_, quoted_so, word_so) in zip(parts, written, strict=True):
        phrase = tuple(stems(quoted or word))[:_MOST_STEMS]
        if phrase and minus:
            unwanted.append(phrase)
        elif phrase:
            wanted.setdefault(phrase, quoted_so or word_so.strip(_MARKS))
            if quoted or word in loud or not _says_nothing(word):
                telling.setdefault(phrase, wanted[phrase])
    told = dict(list((telling or wanted).items())[:_MOST_PHRASES])
    return Question(tuple(told), _few(unwanted), tuple(told.values()))


def _is_in(words: Sequence[str], phrase: Phrase) -> bool:
    if len(phrase) == 1:
        return phrase[0] in words
    return any(tuple(words[start : start + len(phrase)]) == phrase for start in range(len(words)))


def _says_nothing(word: str) -> bool:
    word = word.strip(_MARKS)
    return is_stopword(word, "en") or is_stopword(word, "ru")


def _few(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrases))[:_MOST_PHRASES]
