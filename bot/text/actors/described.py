"""Find actors that a text describes instead of naming them: by the adjective of their state, by who leads them."""

import re
from collections.abc import Iterable, Iterator

from bot.text.actors.mentions import Mention
from bot.text.actors.names import NameKind
from bot.text.words.document import Document
from bot.text.words.gazetteers import base, demonyms

LEGAL_FORMS = ("ООО", "АО", "ПАО", "ОАО", "ЗАО", "ФГУП", "ФГБУ", "НИЦ", "ГК", "УК")
_QUOTED_COMPANY = re.compile(rf"\b(?:{'|'.join(LEGAL_FORMS)})\s+[«\"“]([^»\"”\n]{{2,60}})[»\"”]")
# What an adjective of a state may stand before: the state itself, one of its institutions, people in arms.
_STATES = r"government|authorities|administration|leadership|власти|властей|властям|правительств\w+"
_STATE_NOUN = re.compile(rf"\s+(?:{_STATES})\b")
# Up to two more words may stand between ("Korean fair trade regulator"), but none that ends the noun phrase.
_ENDS = "of|in|at|on|to|by|for|from|with|and|or|as|the|a|an|who|that|which|is|was|were|has|had"
_BETWEEN = rf"(?:\s+(?!(?:{_ENDS})\b)[a-z-]+){{0,2}}"
_ORGANS = (
    "forces?|army|military|navy|police|parliament|court|troops|senate|regulator|watchdog|coastguard|intelligence|"
    "embassy"
)
_RUSSIAN_ORGANS = (
    r"арми\w+|военны[ех]\w?|разведк\w+|полици\w+|парламент\w*|войск\w*|спецслужб\w+|суд(?:а|у|ом|е|ы|ов)?|посольств\w+"
)
_ORGAN_NOUN = re.compile(rf"{_BETWEEN}\s+(?:{_ORGANS})\b|\s+(?:{_RUSSIAN_ORGANS})\b")
_ARMED = "pirates|rebels|militants|insurgents|separatists|guerrillas|gunmen|militia|militias|extremists"
_RUSSIAN_ARMED = r"боевик\w+|пират\w+|повстанц\w+|сепаратист\w+|ополченц\w+"
_GROUP_NOUN = re.compile(rf"{_BETWEEN}\s+(?:{_ARMED})\b|\s+(?:{_RUSSIAN_ARMED})\b")
# Most posts have none of these nouns, and no adjective needs to be looked at.
_ANY_NOUN = re.compile(rf"\s(?:{_STATES}|{_ORGANS}|{_RUSSIAN_ORGANS}|{_ARMED}|{_RUSSIAN_ARMED})\b")
_KINDS: tuple[tuple[re.Pattern[str], NameKind], ...] = (
    (_STATE_NOUN, "GPE"),
    (_GROUP_NOUN, "NORP"),
    (_ORGAN_NOUN, "ORG"),
)
_LED = re.compile(r"\s+(?:[Aa]dministration|government|[Cc]abinet)\b")
_LED_BEFORE = re.compile(r"\b(?:[Аа]дминистраци|[Пп]равительств|[Кк]абинет)\w*\s+$")


def find_described(document: Document, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions with those that are described, in the order of the text; they don't overlap."""
    found = [_led(document.text, mention) for mention in mentions]
    taken = {offset for mention in found for offset in (mention.start, mention.end - 1)}
    for mention in (*_by_adjective(document), *_by_legal_form(document)):
        if taken.isdisjoint(range(mention.start, mention.end)):
            found.append(mention)
            taken.update((mention.start, mention.end - 1))
    return sorted(found, key=lambda mention: mention.start)


def _led(text: str, mention: Mention) -> Mention:
    """Take a government for what it is, where a text calls it by who leads it ("the Obama administration")."""
    if mention.kind == "PER":
        if match := _LED.match(text, mention.end):
            return Mention(mention.start, match.end(), "GPE", mention.sure)
        if match := _LED_BEFORE.search(text[max(0, mention.start - 20) : mention.start]):
            return Mention(mention.start - len(match[0]), mention.end, "GPE", mention.sure)
    return mention


def _by_adjective(document: Document) -> Iterator[Mention]:
    """Find governments, institutions and armed groups that are named by the adjective of their state."""
    if not _ANY_NOUN.search(document.text):
        return
    for line in document.lines:
        for index, token in enumerate(line.tokens):
            if not token.text[0].isalpha():
                continue
            start, word = token.start, base(token.text)
            if index and f"{line.tokens[index - 1].text.lower()} {word}" in demonyms():
                start, word = line.tokens[index - 1].start, f"{line.tokens[index - 1].text.lower()} {word}"
            if (code := demonyms().get(word)) is None:
                continue
            for pattern, kind in _KINDS:
                if (match := pattern.match(document.text, token.end)) and match.end() <= line.end:
                    yield Mention(start, match.end(), kind, 1.0, code)
                    break


def _by_legal_form(document: Document) -> Iterator[Mention]:
    """Find companies whose legal form stands before their quoted name ("ПАО «Яковлев»")."""
    for match in _QUOTED_COMPANY.finditer(document.text):
        yield Mention(match.start(1), match.end(1), "ORG", 1.0)
