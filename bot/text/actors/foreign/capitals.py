"""Find names by their capitals, in languages that no model was trained for.

Inside of a sentence a capitalised word is a name, or begins one; at its head only what speaks for a name makes it one.
German writes all nouns so: there every name needs a first name, a title, or a noun for bodies.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.text.actors.foreign.capital_runs import Run, Runs
from bot.text.actors.foreign.capital_words import (
    AGGLUTINATIVE,
    LINKS,
    OPENERS,
    QUOTES,
    is_acronym,
    is_capital,
    is_city,
    is_listed,
)
from bot.text.actors.foreign.lexicons import Lexicon, lexicon
from bot.text.actors.names import Name, NameKind
from bot.text.actors.states import find_state, unions
from bot.text.words.document import Document, Line
from bot.text.words.tokens import Token

_CAPITALISED = re.compile(r" ([A-ZÀ-ÝŁŚŻŹ][^\W\d_]+)")
# The last word of a person's name may have the case of a place: "Վլադիմիր Պուտինի հետ".
_GENITIVE = re.compile("[իին]$|ին$|н[ыі]ң$|нинг$|ning$")
_LEGAL_FORM = re.compile(r"AG|SE|KG|GmbH|SA|S\.A|SAS|SpA|S\.p\.A|Ltda|SL|A\.Ş|Inc|Ltd|Corp|Sp")
# Adjectives of towns ("у Харківській області"), and Armenian "in".
_OF_PLACE = re.compile("[сзц]ьк(?:ий|[аеу]|ої|ій|ого|ому|им|их|ими)$|ում$")
# Before persons as well as before places.
_TO = ("à", "a", "por", "z", "ze", "od", "до", "від", "от", "к", "з", "із", "зі")
# What says where in Armenian, Kazakh and Uzbek: "Աբու Դաբիում", "Ostonada".
_WHERE = {
    "hy": re.compile(".{3,}(?:ում|ից|ուց|ի|ին)"),
    "kk": re.compile(".{3,}(?:[дт][ае]н?|н[ае]н|[ндт][ыі]ң|[ғқгк][ае])"),
    "uz": re.compile(".{3,}(?:dan?|ga|ning|дан?|га|нинг)"),
}
# How sure a name is by what speaks for it.
_SURE, _LIKELY, _GUESSED = 0.9, 0.7, 0.45


def find_by_capitals(document: Document, hints: Sequence[Name]) -> list[Name]:
    """Return the names of a post, in order; they don't overlap.

    ``hints`` are what a model of another language found: they decide the kind where nothing else does.
    """
    reader = _Reader(document, {offset: name.kind for name in hints for offset in range(name.start, name.end)})
    names = list(reader.listed())
    names += [name for line in document.lines for name in reader.quoted(line)]
    names += [name for line in document.lines for run in reader.runs.of(line) for name in reader.read(run)]
    return sorted(reader.with_surnames(names), key=lambda name: name.start)


class _Reader:
    """Reads the runs of one post, in its language."""

    def __init__(self, document: Document, hints: dict[int, NameKind]) -> None:
        self._document = document
        self._lang = document.lang
        self._words: Lexicon = lexicon(document.lang)
        self._hints = hints
        self.runs = Runs(document, self._words)
        self._inside = {
            token.text
            for line in document.lines
            for before, token in pairwise(self.runs.tokens(line))
            if is_capital(token) and before.text not in OPENERS
        }

    def listed(self) -> Iterator[Name]:
        """Yield the bodies that the list of the language knows by their whole names."""
        for match in self._words.listed.finditer(self._document.text):
            following = _CAPITALISED.match(self._document.text, match.end())
            is_longer = following and (_LEGAL_FORM.fullmatch(following[1]) or " " in match[0])
            if is_longer and following and not self.runs.is_first_name(following[1]):
                continue  # "Vonovia SE", "Tribunal Supremo Electoral"
            yield self.runs.take(Name(match.start(), match.end(), "ORG", _SURE))

    def read(self, run: Run) -> Iterator[Name]:
        """Yield what a run names: a title goes, a body and a person after it part."""
        words = list(run.words)
        while words and not is_capital(words[0]):
            words = words[1:]
        title = max((place for place, word in enumerate(words) if word.text in self._words.titles), default=-1) + 1
        names = (place for place, word in enumerate(words[:-1]) if self.runs.is_first_name(word.text))
        first = next((place for place in names if place or not run.is_field), len(words))
        is_body = any(word.text in self._words.bodies for word in words)
        if title and title < len(words):
            between = words[title:first] if title < first < len(words) else []
            yield from self._led(words[: title - 1])
            yield from self._led(between)
            yield from self._person(words[first:] if between else words[title:])
        elif 0 < first < len(words) and run.before in self._words.titles:
            led = list(self._led(words[:first]))
            yield from led
            yield from self._person(words[first:] if led else words)
        elif 0 < first < len(words) and (run.is_field or (not is_body and first == 1) or self._is_body(words[:first])):
            if not run.is_field:
                for name in self._one(words[:first], run):
                    yield replace(name, kind="ORG") if name.kind == "PER" else name
            yield from self._person(words[first:])
        elif run.is_field and self.runs.is_state(words[:1]):
            yield from self._person(words)
        elif words and not title and (is_body or not run.is_field):
            yield from self._one(words, run)

    def _led(self, words: Sequence[Token]) -> Iterator[Name]:
        """Yield the state or the body that somebody leads, by the words before his title or his name."""
        if self.runs.is_state(words[:1]):
            yield _name(words[:1], "GPE", _SURE)
        elif words and is_acronym(words[0].text):
            yield _name(words[:1], "ORG", _SURE)

    def quoted(self, line: Line) -> Iterator[Name]:
        """Yield what stands in quotation marks beside a noun for bodies."""
        words = [token.text for token in line.tokens]
        start = None
        for index, word in enumerate(words):
            if start is not None and word in QUOTES and word != "«":
                beside = [*words[max(0, start - 2) : start - 1], *words[index + 1 : index + 2]]
                inside = line.tokens[start:index]
                if inside and is_capital(inside[0]) and any(one in self._words.bodies for one in beside):
                    yield self.runs.take(_name(inside, "ORG", _SURE))
                start = None
            elif word in QUOTES:
                start = index + 1

    def with_surnames(self, names: Sequence[Name]) -> Iterator[Name]:
        """Yield the names, and the surnames of persons that were found in full, wherever they stand alone."""
        text = self._document.text
        surnames = {text[name.start : name.end].split()[-1] for name in names if name.kind == "PER"}
        taken: set[int] = set()
        for name in names:
            is_surname = text[name.start : name.end] in surnames
            yield replace(name, kind="PER", sure=_SURE) if is_surname else name
            taken.update(range(name.start, name.end))
        for line in self._document.lines:
            for token in self.runs.tokens(line):
                if token.text in surnames and token.start not in taken:
                    yield Name(token.start, token.end, "PER", _SURE)

    def _one(self, words: Sequence[Token], run: Run) -> Iterator[Name]:
        """Yield the name that words of a run are, if anything says so."""
        surface = self._document.text[words[0].start : words[-1].end]
        is_led = run.after in self._words.titles and surface not in self._words.known
        if len(words) == 1 and surface in self._words.bodies and (run.after in QUOTES or is_led):
            return
        if len(words) == 2 and words[0].text in self._words.bodies and is_acronym(words[1].text):
            yield _name(words[1:], "ORG", _SURE)
        elif find_state(surface, self._lang):
            yield _name(words, "GPE", _SURE)
        elif (
            surface in unions(self._lang) or self._is_body(words) or (len(words) == 1 and surface in self._words.known)
        ):
            yield _name(words, "ORG", _SURE if len(words) > 1 or not self._is_common_body(surface) else _GUESSED)
        elif len(words) > 1 and self.runs.is_first_name(words[0].text):
            yield from self._person(words)
        elif (run.before in self._words.bodies or run.after in self._words.bodies) and run.before not in OPENERS:
            yield _name(words, "ORG", _SURE)
        elif (
            run.opens and len(words) > 1 and find_state(self._document.text[words[1].start : words[-1].end], self._lang)
        ):
            yield _name(words[1:], "GPE", _SURE)
        elif run.before in self._words.titles:
            yield from self._person(words)
        elif self._lang != "de":
            yield from self._by_capital(words, run, surface)

    def _by_capital(self, words: Sequence[Token], run: Run, surface: str) -> Iterator[Name]:
        """Yield what only its capitals tell from a common word; mere places are none."""
        if run.after in self._words.spots or (run.before in self._words.spots and self._lang not in AGGLUTINATIVE):
            return
        hint = self._hints.get(words[0].start)
        may_be_person = run.before in _TO and (hint == "PER" or (len(words) > 1 and hint not in ("GPE", "LOC")))
        if (run.before in self._words.places and not may_be_person) or self._is_where(words):
            return
        if self.runs.is_taken(
            words[-1].end + 1
        ):  # "Türkiye Cumhuriyet Merkez Bankası", of which the list knows the end
            return
        if len(words) > 1:
            kind = self._hints.get(words[0].start, "PER")
            yield _name(words, kind if kind in ("PER", "ORG") else "ORG", _LIKELY)
        elif _OF_PLACE.search(surface):
            return
        elif not run.opens or surface in self._inside or is_listed(surface):
            if is_city(surface):
                if not run.opens and LINKS.fullmatch(run.before):
                    return
                yield _name(words, "GPE", _LIKELY)
            else:
                yield _name(words, self._hints.get(words[0].start, "ORG"), _GUESSED)

    def _is_where(self, words: Sequence[Token]) -> bool:
        """Tell whether words end so that they say where something is, or whence it comes."""
        ending = _WHERE.get(self._lang)
        if ending is None or not ending.fullmatch(words[-1].text.lower()):
            return False
        return len(words) == 1 or not _GENITIVE.search(words[-1].text)

    def _person(self, words: Sequence[Token]) -> Iterator[Name]:
        """Yield a person; a state that stands before him is another name."""
        words = words[next((place for place, word in enumerate(words) if is_capital(word)), 0) :]
        if len(words) > 1 and self.runs.is_state(words[:1]):
            yield _name(words[:1], "GPE", _SURE)
            words = words[1:]
        elif len(words) > 2 and words[0].text.isupper() and is_acronym(words[0].text):
            yield _name(words[:1], "ORG", _SURE)
            words = words[1:]
        if words[0].text in self._words.bodies:
            yield _name(words, "ORG", _SURE)
        elif self.runs.is_state(words):
            yield _name(words, "GPE", _SURE)
        elif len(words) > 1 or self._lang != "de":
            yield _name(words, "PER", _SURE if len(words) > 1 else _LIKELY)

    def _is_body(self, words: Sequence[Token]) -> bool:
        return any(
            word.text in self._words.bodies or (is_acronym(word.text)) or _LEGAL_FORM.fullmatch(word.text)
            for word in words
        )

    def _is_common_body(self, surface: str) -> bool:
        """Tell whether a body goes by a word alone that does not say which ("Institut")."""
        return surface.casefold() in self._words.bodies.whole and surface not in self._words.known


def _name(words: Sequence[Token], kind: NameKind, sure: float) -> Name:
    return Name(words[0].start, words[-1].end, kind, sure)
