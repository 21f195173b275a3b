"""Find names by their capitals, in languages that no model was trained for.

Inside of a sentence a capitalised word is a name, or begins one; at its head only what speaks for a name makes it one.
German writes all nouns so: there every name needs a first name, a title, or a noun for bodies.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from bot.text.document import Document, Line
from bot.text.gazetteers import first_names, known_names
from bot.text.lexicons import Lexicon, lexicon
from bot.text.morphology import parse
from bot.text.names import Name, NameKind
from bot.text.numbers.dates import names_a_month
from bot.text.states import find_state, unions
from bot.text.tokens import Token

# Small words inside of a person's name, and those inside of a body's.
_PARTICLES = re.compile("von|van|de[rnl]?|l[ae]|d[aiu]|do|dos|[ae]l|bin|ben|ibn|zu|фон|ван|дер?|ла|аль|бин")
_ARTICLES = ("al", "el")  # those of Arabic names; in Romance languages they are words by themselves
_ROMANCE = ("es", "fr", "it", "pt")
_LINKS = re.compile(
    "of|de[ls]?|la|las|los|di|d[aou]|d[aeo]s|dell[aeo]|d['’]|et|y|e|i|і|й|та|и|за|на|ve|und|für|für|der|&|für"
)
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|(?:d|n|s|c|qu)?[aeu]ll|un)['’](?=\w)", re.IGNORECASE)
_SUFFIX = re.compile(r"['’]\w+$")
_AGGLUTINATIVE = ("hy", "kk", "ky", "uz")
_ELIDING, _SUFFIXING = ("fr", "it", "ca"), ("tr",)
_LEGAL_FORM = re.compile(r"AG|SE|KG|GmbH|SA|S\.A|SAS|SpA|S\.p\.A|Ltda|SL|A\.Ş|Inc|Ltd|Corp|Sp")
# French puts small adjectives, and what they deal with, behind the noun ("Agence régionale de santé").
_ADJECTIVES = {
    "fr": re.compile(r"[a-zà-ÿ]+(?:al|ale|el|elle|ien|ienne|éen|éenne|ique|ais|aise|ain|aine|if|ive|aire)"),
    "it": re.compile(r"[a-zà-ÿ]+(?:ale|[iae]le|ica|ico|ana|ano|ea|eo|iva|ivo|aria|ario|ese)"),
}
# So many small words at most stand between a title and what its holder deals with.
_FURTHEST_TITLE = 3
# Adjectives of towns ("у Харківській області"), and Armenian "in".
_OF_PLACE = re.compile("[сзц]ьк(?:ий|[аеу]|ої|ій|ого|ому|им|их|ими)$|ում$")
# Behind these no name goes on: Armenian articles and cases, those of Kazakh and Uzbek, and their surnames.
_CLOSING = {
    "hy": re.compile(r".{3,}(?:ը|ին|ում|ից|ով|նն)"),
    "kk": re.compile(
        r".{3,}(?:[дт][ае]н?|н[ае]н|[мпб]ен|[ғқгк][ае]|[ндт][ыі]ң|[ндт][ыі]|[ое]ва?|ина?|ұлы|қызы|б[ае]й|б[ае]ев)",
        re.IGNORECASE,
    ),
    "uz": re.compile(
        r".{3,}(?:dan?|ga|ning?|ni|[oey]va?|ina?|o['’]g['’]li|qizi|дан?|га|нинг?|ни|[оея]ва?|ина?|ўғли|қизи)",
        re.IGNORECASE,
    ),
}
# What says where in them: "Աբու Դաբիում", "Ostonada".
_WHERE = {
    "hy": re.compile(".{3,}(?:ում|ից|ուց|ի|ին)"),
    "kk": re.compile(".{3,}(?:[дт][ае]н?|н[ае]н|[ндт][ыі]ң|[ғқгк][ае])"),
    "uz": re.compile(".{3,}(?:dan?|ga|ning|дан?|га|нинг)"),
}
# The last word of a person's name may have the case of a place: "Վլադիմիր Պուտինի հետ".
_GENITIVE = re.compile("[իին]$|ին$|н[ыі]ң$|нинг$|ning$")
# Before persons as well as before places.
_TO = ("à", "a", "por", "z", "ze", "od", "до", "від", "от", "к", "з", "із", "зі")
_SURNAME = re.compile(r".{2,}(?:[oey]va?|[оея]ва?|յան.?)")
# "Xitoy kompaniyalari" are several.
_PLURAL = re.compile("l[ae]r|л[ае]р|ներ")
# "Ankara'da", "Ukrayna'daki": where something is.
_LOCATIVE = re.compile(r"['’][dt][ae](?:ki\w*)?(?!\w)")
_CAPITALISED = re.compile(r" ([A-ZÀ-ÝŁŚŻŹ][^\W\d_]+)")
# Roads and sizes: A1, E45.
_ROAD = re.compile(r"(?!G[78]$|G20$)[A-ZА-Я]{1,2}\d+")
# "EE.UU."
_DOTTED = re.compile(r"[A-ZÁÉÍÓÚ]{1,3}(?:\.[A-ZÁÉÍÓÚ]{1,3})+")
# How sure a name is by what speaks for it.
_SURE, _LIKELY, _GUESSED = 0.9, 0.7, 0.45
_LONGEST_PHRASE = 3


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words in a row, with the small words between them.

    ``opens`` if a sentence begins with them, ``is_field`` if they are what somebody deals with ("ministre des
    Transports").
    """

    words: tuple[Token, ...]
    before: str
    after: str
    opens: bool
    is_field: bool


def find_by_capitals(document: Document, hints: Sequence[Name]) -> list[Name]:
    """Return the names of a post, in order; they don't overlap.

    ``hints`` are what a model of another language found: they decide the kind where nothing else does.
    """
    reader = _Reader(document, {offset: name.kind for name in hints for offset in range(name.start, name.end)})
    names = list(reader.listed())
    names += [name for line in document.lines for name in reader.quoted(line)]
    names += [name for line in document.lines for run in reader.runs(line) for name in reader.read(run)]
    return sorted(reader.with_surnames(names), key=lambda name: name.start)


class _Reader:
    """Reads the runs of one post, in its language."""

    def __init__(self, document: Document, hints: dict[int, NameKind]) -> None:
        self._document = document
        self._lang = document.lang
        self._words: Lexicon = lexicon(document.lang)
        self._hints = hints
        self._taken: set[int] = set()
        self._inside = {
            token.text
            for line in document.lines
            for before, token in pairwise(self._tokens(line))
            if _is_capital(token) and before.text not in _OPENERS
        }

    def listed(self) -> Iterator[Name]:
        """Yield the bodies that the list of the language knows by their whole names."""
        for match in self._words.listed.finditer(self._document.text):
            following = _CAPITALISED.match(self._document.text, match.end())
            is_longer = following and (_LEGAL_FORM.fullmatch(following[1]) or " " in match[0])
            if is_longer and following and not self._is_first_name(following[1]):
                continue  # "Vonovia SE", "Tribunal Supremo Electoral"
            yield self._take(Name(match.start(), match.end(), "ORG", _SURE))

    def _take(self, name: Name) -> Name:
        """Return a name, and let no other hold any of its words."""
        self._taken.update(range(name.start, name.end))
        return name

    def _may_be_named(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a word has a capital that may be a name's: it is no month, no currency, no call of newsmen."""
        token = tokens[index]
        if not _is_capital(token) or token.start in self._taken or token.text in self._words.nobody:
            return False
        if _ROAD.fullmatch(token.text):
            return False
        if self._document.text.startswith("$", token.end) or self._document.text.endswith("°", 0, token.start):
            return False
        if self._lang in _SUFFIXING and _LOCATIVE.match(self._document.text, token.end):
            return self._is_first_name(tokens[index - 1].text) if index else False
        return self._lang == "de" or not self._is_month(tokens, index)

    def _is_month(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a word is a month, and not a first name that sounds so ("Julio Iglesias")."""
        if not names_a_month(tokens[index].text.lower(), self._lang):
            return False
        numbered = index > 0 and tokens[index - 1].text[0].isdecimal()
        return numbered or index + 1 == len(tokens) or not _is_capital(tokens[index + 1])

    def runs(self, line: Line) -> Iterator[_Run]:
        """Part a line into runs of capitalised words."""
        tokens = self._tokens(line)
        index = 0
        while index < len(tokens):
            if not self._may_be_named(tokens, index):
                index += 1
                continue
            if self._is_opening_small_word(tokens, index):
                index += 1
                continue
            end = self._end(tokens, index)
            around = [token.text for token in tokens[max(0, index - 2) : index]]
            before = around[-1] if around else ""
            opens = not before or before in _OPENERS
            if before in _QUOTES:
                before = around[0]
            after = tokens[end].text if end < len(tokens) else ""
            is_field = self._is_field(tokens, index)
            yield _Run(tuple(tokens[index:end]), before, after, opens, is_field)
            index = end

    def _is_field(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a title stands before, joined by small words: "ministre de l'Intérieur"."""
        at = index
        while at and index - at < _FURTHEST_TITLE and self._joins_field(tokens[at - 1].text):
            at -= 1
        return 0 < at < index and tokens[at - 1].text in self._words.titles

    def _joins_field(self, word: str) -> bool:
        return bool(_LINKS.fullmatch(word) or _ELIDED.match(word + "x"))

    def read(self, run: _Run) -> Iterator[Name]:
        """Yield what a run names: a title goes, a body and a person after it part."""
        words = list(run.words)
        while words and not _is_capital(words[0]):
            words = words[1:]
        title = max((place for place, word in enumerate(words) if word.text in self._words.titles), default=-1) + 1
        names = (place for place, word in enumerate(words[:-1]) if self._is_first_name(word.text))
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
        elif run.is_field and self._is_state(words[:1]):
            yield from self._person(words)
        elif words and not title and (is_body or not run.is_field):
            yield from self._one(words, run)

    def _led(self, words: Sequence[Token]) -> Iterator[Name]:
        """Yield the state or the body that somebody leads, by the words before his title or his name."""
        if self._is_state(words[:1]):
            yield _name(words[:1], "GPE", _SURE)
        elif words and _is_acronym(words[0].text):
            yield _name(words[:1], "ORG", _SURE)

    def _is_opening_small_word(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell an article, a preposition or an adverb that opens a sentence from one that opens a name."""
        opens = index == 0 or tokens[index - 1].text in _OPENERS
        whole = self._document.text[tokens[index].start : tokens[min(index + 1, len(tokens) - 1)].end]
        return opens and tokens[index].text.rstrip("'’") in self._words.small and not find_state(whole, self._lang)

    def quoted(self, line: Line) -> Iterator[Name]:
        """Yield what stands in quotation marks beside a noun for bodies."""
        words = [token.text for token in line.tokens]
        start = None
        for index, word in enumerate(words):
            if start is not None and word in _QUOTES and word != "«":
                beside = [*words[max(0, start - 2) : start - 1], *words[index + 1 : index + 2]]
                inside = line.tokens[start:index]
                if inside and _is_capital(inside[0]) and any(one in self._words.bodies for one in beside):
                    yield self._take(_name(inside, "ORG", _SURE))
                start = None
            elif word in _QUOTES:
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
            for token in self._tokens(line):
                if token.text in surnames and token.start not in taken:
                    yield Name(token.start, token.end, "PER", _SURE)

    def _tokens(self, line: Line) -> list[Token]:
        """Return the tokens of a line, parted from elided articles ("l'Italia") and from suffixes ("Ankara'da")."""
        tokens = []
        for token in line.tokens:
            if self._lang in _ELIDING and (match := _ELIDED.match(token.text)):
                tokens.append(Token(match[0], token.start, token.start + match.end()))
                tokens.append(Token(token.text[match.end() :], token.start + match.end(), token.end))
            elif self._lang in _SUFFIXING and (match := _SUFFIX.search(token.text)) and match.start():
                tokens.append(Token(token.text[: match.start()], token.start, token.start + match.start()))
            else:
                tokens.append(token)
        return list(_with_dots(self._document.text, tokens)) if self._lang in _ROMANCE else tokens

    def _end(self, tokens: Sequence[Token], start: int) -> int:
        """Return where the run ends that begins here: at the last capitalised word that belongs to it."""
        body = tokens[start].text in self._words.bodies or tokens[start].text in self._words.titles
        end = start + 1
        while end < len(tokens):
            step = end
            while step < min(len(tokens), end + 2) and self._links(tokens[step].text, is_body=body):
                step += 1
            if step == len(tokens) or not self._may_be_named(tokens, step):
                break
            is_titled = end == start + 1 and start > 0 and tokens[start - 1].text in self._words.titles
            is_joined = (
                step > end
                and tokens[end].text != "&"
                and self._lang == "de"
                and not self._is_first_name(tokens[start].text)
            )
            if is_joined or (self._is_closed(tokens[end - 1]) and not is_titled):
                break
            body = body or tokens[step].text in self._words.bodies
            end = step + 1
        return self._phrase_end(tokens, start, end)

    def _is_closed(self, token: Token) -> bool:
        """Tell whether a name ends with a word by its ending: "Ankara'nın", "Փաշինյանը", "Мәскеуде"."""
        if self._lang in _SUFFIXING:
            return self._document.text.startswith(("'", "’"), token.end)
        closing = _CLOSING.get(self._lang)
        return (
            closing is not None and closing.fullmatch(token.text) is not None and token.text not in self._words.titles
        )

    def _links(self, word: str, *, is_body: bool) -> bool:
        if self._lang == "de":
            return word == "&" or (
                not is_body and _PARTICLES.fullmatch(word) is not None and word not in ("der", "den", "zu")
            )
        if word in _ARTICLES and self._lang in _ROMANCE:
            return False
        return bool(_PARTICLES.fullmatch(word) or word in ("d'", "d’") or (is_body and _LINKS.fullmatch(word)))

    def _phrase_end(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Return where a body's name ends that goes on in small letters ("Европейската комисия")."""
        if self._lang in _AGGLUTINATIVE:
            return end if _SURNAME.fullmatch(tokens[end - 1].text) else self._body_end(tokens, end)
        if end != start + 1:
            return end
        has_adjective = self._lang in _ADJECTIVES and tokens[start].text in self._words.bodies
        if has_adjective and self._lang == "it":
            return end + 1 if end < len(tokens) and _ADJECTIVES["it"].fullmatch(tokens[end].text) else end
        if has_adjective and end < len(tokens) and _ADJECTIVES["fr"].fullmatch(tokens[end].text):
            after = end + 1
            return after + 2 if after + 1 < len(tokens) and tokens[after].text == "de" else after
        if self._lang in ("bg", "uk", "mk", "sr", "be"):
            for place in range(end, min(len(tokens), end + _LONGEST_PHRASE)):
                if not tokens[place].text.isalpha() or tokens[place].text in self._words.small:
                    break
                if tokens[place].text in self._words.bodies and tokens[start].text.lower().endswith(_ADJECTIVAL):
                    return place + 2 if self._is_state(tokens[place + 1 : place + 2]) else place + 1
        return end

    def _body_end(self, tokens: Sequence[Token], end: int) -> int:
        """Return where a noun for bodies ends that stands soon behind capitals, or the capitals themselves."""
        for place in range(end, min(len(tokens), end + _LONGEST_PHRASE)):
            word = tokens[place].text
            if not word.isalpha() or word in self._words.small:
                break
            if word in self._words.bodies:
                return end if _PLURAL.search(word) else place + 1
        return end

    def _one(self, words: Sequence[Token], run: _Run) -> Iterator[Name]:
        """Yield the name that words of a run are, if anything says so."""
        surface = self._document.text[words[0].start : words[-1].end]
        is_led = run.after in self._words.titles and surface not in self._words.known
        if len(words) == 1 and surface in self._words.bodies and (run.after in _QUOTES or is_led):
            return
        if len(words) == 2 and words[0].text in self._words.bodies and _is_acronym(words[1].text):
            yield _name(words[1:], "ORG", _SURE)
        elif find_state(surface, self._lang):
            yield _name(words, "GPE", _SURE)
        elif (
            surface in unions(self._lang) or self._is_body(words) or (len(words) == 1 and surface in self._words.known)
        ):
            yield _name(words, "ORG", _SURE if len(words) > 1 or not self._is_common_body(surface) else _GUESSED)
        elif len(words) > 1 and self._is_first_name(words[0].text):
            yield from self._person(words)
        elif (run.before in self._words.bodies or run.after in self._words.bodies) and run.before not in _OPENERS:
            yield _name(words, "ORG", _SURE)
        elif (
            run.opens and len(words) > 1 and find_state(self._document.text[words[1].start : words[-1].end], self._lang)
        ):
            yield _name(words[1:], "GPE", _SURE)
        elif run.before in self._words.titles:
            yield from self._person(words)
        elif self._lang != "de":
            yield from self._by_capital(words, run, surface)

    def _by_capital(self, words: Sequence[Token], run: _Run, surface: str) -> Iterator[Name]:
        """Yield what only its capitals tell from a common word; mere places are none."""
        if run.after in self._words.spots or (run.before in self._words.spots and self._lang not in _AGGLUTINATIVE):
            return
        hint = self._hints.get(words[0].start)
        may_be_person = run.before in _TO and (hint == "PER" or (len(words) > 1 and hint not in ("GPE", "LOC")))
        if (run.before in self._words.places and not may_be_person) or self._is_where(words):
            return
        if words[-1].end + 1 in self._taken:  # "Türkiye Cumhuriyet Merkez Bankası", of which the list knows the end
            return
        if len(words) > 1:
            kind = self._hints.get(words[0].start, "PER")
            yield _name(words, kind if kind in ("PER", "ORG") else "ORG", _LIKELY)
        elif _OF_PLACE.search(surface):
            return
        elif not run.opens or surface in self._inside or _is_listed(surface):
            if _is_city(surface):
                if not run.opens and _LINKS.fullmatch(run.before):
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
        words = words[next((place for place, word in enumerate(words) if _is_capital(word)), 0) :]
        if len(words) > 1 and self._is_state(words[:1]):
            yield _name(words[:1], "GPE", _SURE)
            words = words[1:]
        elif len(words) > 2 and words[0].text.isupper() and _is_acronym(words[0].text):
            yield _name(words[:1], "ORG", _SURE)
            words = words[1:]
        if words[0].text in self._words.bodies:
            yield _name(words, "ORG", _SURE)
        elif self._is_state(words):
            yield _name(words, "GPE", _SURE)
        elif len(words) > 1 or self._lang != "de":
            yield _name(words, "PER", _SURE if len(words) > 1 else _LIKELY)

    def _is_body(self, words: Sequence[Token]) -> bool:
        return any(
            word.text in self._words.bodies or (_is_acronym(word.text)) or _LEGAL_FORM.fullmatch(word.text)
            for word in words
        )

    def _is_common_body(self, surface: str) -> bool:
        """Tell whether a body goes by a word alone that does not say which ("Institut")."""
        return surface.casefold() in self._words.bodies.whole and surface not in self._words.known

    def _is_first_name(self, word: str) -> bool:
        return _is_first_name(word) and word not in self._words.bodies and word not in self._words.titles

    def _is_state(self, words: Sequence[Token]) -> bool:
        if not words:
            return False
        return find_state(self._document.text[words[0].start : words[-1].end], self._lang) is not None


_QUOTES = frozenset(("«", "»", "„", "“", "”", '"'))
_OPENERS = frozenset((".", "!", "?", ":", "«", "„", "“", '"', "—", "–", "-", "•", "¿", "¡", "(", "…", "։"))
_ADJECTIVAL = ("а", "ата", "ска", "ската", "ний", "ий", "ият", "ото", "ське", "не", "ська", "ски")


def _with_dots(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens, those of an abbreviation with dots inside ("EE.UU.") as one."""
    done = 0
    for token in tokens:
        if token.start < done:
            continue
        match = _DOTTED.match(text, token.start) if token.text.isupper() else None
        done = match.end() if match else token.end
        yield Token(match[0], token.start, done) if match else token


_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁԱ-Ֆ])-\w")


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and token.text[0].isalpha()


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.replace("-", "").isalpha() and sum(map(str.isupper, _AFTER_HYPHEN.sub("", word))) > 1


def _name(words: Sequence[Token], kind: NameKind, sure: float) -> Name:
    return Name(words[0].start, words[-1].end, kind, sure)


@cache
def _is_first_name(word: str) -> bool:
    """Tell whether a word is a first name, by the list in Latin letters, by Russian morphology in Cyrillic."""
    low = word.casefold()
    if "а" <= low[0] <= "я":
        form = parse(low)
        return form.known and "Name" in form.best
    return low in first_names()


def _is_city(word: str) -> bool:
    return known_names("en").get((word.casefold(),)) in ("city", "region")


def _is_listed(word: str) -> bool:
    return known_names("en").get((word.casefold(),)) == "organisation"
