"""Part the lines of a post into runs of capitalised words, each of which may be a name or hold some."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.text.actors.foreign.capital_words import AGGLUTINATIVE, LINKS, OPENERS, QUOTES, is_capital, is_first_name
from bot.text.actors.foreign.lexicons import Lexicon
from bot.text.actors.names import Name
from bot.text.actors.states import find_state
from bot.text.numbers.dates import names_a_month
from bot.text.words.document import Document, Line
from bot.text.words.tokens import Token

# Small words inside of a person's name, and those inside of a body's.
_PARTICLES = re.compile("von|van|de[rnl]?|l[ae]|d[aiu]|do|dos|[ae]l|bin|ben|ibn|zu|фон|ван|дер?|ла|аль|бин")
_ARTICLES = ("al", "el")  # those of Arabic names; in Romance languages they are words by themselves
_ROMANCE = ("es", "fr", "it", "pt")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|(?:d|n|s|c|qu)?[aeu]ll|un)['’](?=\w)", re.IGNORECASE)
_SUFFIX = re.compile(r"['’]\w+$")
_ELIDING, _SUFFIXING = ("fr", "it", "ca"), ("tr",)
# French puts small adjectives, and what they deal with, behind the noun ("Agence régionale de santé").
_ADJECTIVES = {
    "fr": re.compile(r"[a-zà-ÿ]+(?:al|ale|el|elle|ien|ienne|éen|éenne|ique|ais|aise|ain|aine|if|ive|aire)"),
    "it": re.compile(r"[a-zà-ÿ]+(?:ale|[iae]le|ica|ico|ana|ano|ea|eo|iva|ivo|aria|ario|ese)"),
}
# So many small words at most stand between a title and what its holder deals with.
_FURTHEST_TITLE = 3
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
_SURNAME = re.compile(r".{2,}(?:[oey]va?|[оея]ва?|յան.?)")
# "Xitoy kompaniyalari" are several.
_PLURAL = re.compile("l[ae]r|л[ае]р|ներ")
# "Ankara'da", "Ukrayna'daki": where something is.
_LOCATIVE = re.compile(r"['’][dt][ae](?:ki\w*)?(?!\w)")
# Roads and sizes: A1, E45.
_ROAD = re.compile(r"(?!G[78]$|G20$)[A-ZА-Я]{1,2}\d+")
# "EE.UU."
_DOTTED = re.compile(r"[A-ZÁÉÍÓÚ]{1,3}(?:\.[A-ZÁÉÍÓÚ]{1,3})+")
_LONGEST_PHRASE = 3
_ADJECTIVAL = ("а", "ата", "ска", "ската", "ний", "ий", "ият", "ото", "ське", "не", "ська", "ски")


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row, with the small words between them.

    ``opens`` if a sentence begins with them, ``is_field`` if they are what somebody deals with ("ministre des
    Transports").
    """

    words: tuple[Token, ...]
    before: str
    after: str
    opens: bool
    is_field: bool


class Runs:
    """The runs of one post, in its language; words that names hold which were found before are in none."""

    def __init__(self, document: Document, words: Lexicon) -> None:
        self._document = document
        self._lang = document.lang
        self._words = words
        self._taken: set[int] = set()

    def is_taken(self, offset: int) -> bool:
        """Tell whether a character belongs to a name that was found before."""
        return offset in self._taken

    def take(self, name: Name) -> Name:
        """Return a name, and let no other hold any of its words."""
        self._taken.update(range(name.start, name.end))
        return name

    def of(self, line: Line) -> Iterator[Run]:
        """Part a line into runs of capitalised words."""
        tokens = self.tokens(line)
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
            opens = not before or before in OPENERS
            if before in QUOTES:
                before = around[0]
            after = tokens[end].text if end < len(tokens) else ""
            is_field = self._is_field(tokens, index)
            yield Run(tuple(tokens[index:end]), before, after, opens, is_field)
            index = end

    def tokens(self, line: Line) -> list[Token]:
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

    def is_first_name(self, word: str) -> bool:
        """Tell whether a word is a first name, and neither a title nor a noun for bodies."""
        return is_first_name(word) and word not in self._words.bodies and word not in self._words.titles

    def is_state(self, words: Sequence[Token]) -> bool:
        """Tell whether words name a state."""
        if not words:
            return False
        return find_state(self._document.text[words[0].start : words[-1].end], self._lang) is not None

    def _may_be_named(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a word has a capital that may be a name's: it is no month, no currency, no call of newsmen."""
        token = tokens[index]
        if not is_capital(token) or token.start in self._taken or token.text in self._words.nobody:
            return False
        if _ROAD.fullmatch(token.text):
            return False
        if self._document.text.startswith("$", token.end) or self._document.text.endswith("°", 0, token.start):
            return False
        if self._lang in _SUFFIXING and _LOCATIVE.match(self._document.text, token.end):
            return self.is_first_name(tokens[index - 1].text) if index else False
        return self._lang == "de" or not self._is_month(tokens, index)

    def _is_month(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a word is a month, and not a first name that sounds so ("Julio Iglesias")."""
        if not names_a_month(tokens[index].text.lower(), self._lang):
            return False
        numbered = index > 0 and tokens[index - 1].text[0].isdecimal()
        return numbered or index + 1 == len(tokens) or not is_capital(tokens[index + 1])

    def _is_field(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a title stands before, joined by small words: "ministre de l'Intérieur"."""
        at = index
        while at and index - at < _FURTHEST_TITLE and self._joins_field(tokens[at - 1].text):
            at -= 1
        return 0 < at < index and tokens[at - 1].text in self._words.titles

    def _joins_field(self, word: str) -> bool:
        return bool(LINKS.fullmatch(word) or _ELIDED.match(word + "x"))

    def _is_opening_small_word(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell an article, a preposition or an adverb that opens a sentence from one that opens a name."""
        opens = index == 0 or tokens[index - 1].text in OPENERS
        whole = self._document.text[tokens[index].start : tokens[min(index + 1, len(tokens) - 1)].end]
        return opens and tokens[index].text.rstrip("'’") in self._words.small and not find_state(whole, self._lang)

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
                and not self.is_first_name(tokens[start].text)
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
        return bool(_PARTICLES.fullmatch(word) or word in ("d'", "d’") or (is_body and LINKS.fullmatch(word)))

    def _phrase_end(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Return where a body's name ends that goes on in small letters ("Европейската комисия")."""
        if self._lang in AGGLUTINATIVE:
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
                    return place + 2 if self.is_state(tokens[place + 1 : place + 2]) else place + 1
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


def _with_dots(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens, those of an abbreviation with dots inside ("EE.UU.") as one."""
    done = 0
    for token in tokens:
        if token.start < done:
            continue
        match = _DOTTED.match(text, token.start) if token.text.isupper() else None
        done = match.end() if match else token.end
        yield Token(match[0], token.start, done) if match else token
