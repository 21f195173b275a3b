"""Say how fit a sentence is to be quoted alone: whether it makes sense without its neighbours."""

import re

# A sentence that opens so leans on the one before it.
_DANGLING = re.compile(
    r"\W*(?:he|she|it|they|this|that|these|those|his|her|their|its|such|both|but|and|or|however|also|meanwhile|moreover|"
    r"therefore|thus|so|then|instead|otherwise|besides|still|yet|he's|she's|it's|"
    r"он|она|оно|они|это|эти|этот|эта|его|её|ее|их|им|ему|ей|об этом|такой|такая|такое|такие|такую|таким|но|а|и|или|"
    r"однако|также|тоже|кроме того|при этом|"
    r"поэтому|там|тогда|затем|потом|так|таким образом|впрочем|зато|причём|причем|к тому же|в частности|например|"
    r"він|вона|воно|вони|це|ці|цей|ця|його|її|їх|але|і|та|або|проте|однак|також|тому|потім|тоді)\b",
    re.IGNORECASE,
)
# Where one that points the reader elsewhere ends.
_PLACES = (
    "по ссылке",
    "здесь",
    "тут",
    "в комментариях",
    "в карточках",
    "за посиланням",
    "by the link",
    *(f"{does} here" for does in ("click", "read", "see", "watch", "listen", "available")),
    "in the comments",
    "link in bio",
)
_ELSEWHERE = re.compile(rf"\b(?:{'|'.join(_PLACES)})\W*$", re.IGNORECASE)
_LONGEST = max(map(len, _PLACES))
_QUESTION_MARKS = frozenset("?？؟\u037e")
# Fewer content words than these tell nothing; a line of so few that ends with a colon only leads to others.
_FEW_WORDS, _FEW_INTRODUCING, _MANY_WORDS = 4, 8, 60


def fitness(text: str, terms: int) -> float:
    """Return a factor from 0 to 1 for a sentence that has so many content words."""
    factors = (
        (0.75, leans_on_others(text)),
        (0.5, is_question(text)),
        (0.5, terms < _FEW_INTRODUCING and introduces(text)),
        (0.5, points_elsewhere(text)),
        (0.5, is_fragment(text)),
        (0.4, terms < _FEW_WORDS),
        (0.7, terms > _MANY_WORDS),
    )
    product = 1.0
    for factor, applies in factors:
        product *= factor if applies else 1.0
    return product


def leans_on_others(text: str) -> bool:
    """Tell whether a sentence opens with a pronoun or a connective that points to the one before."""
    return _DANGLING.match(text) is not None


def is_question(text: str) -> bool:
    """Tell whether a sentence asks."""
    return not _QUESTION_MARKS.isdisjoint(_marks_at_end(text))


def points_elsewhere(text: str) -> bool:
    """Tell whether a sentence only sends the reader to a link."""
    words_end = len(text) - len(_marks_at_end(text))
    return _ELSEWHERE.search(text, max(0, words_end - _LONGEST)) is not None


def introduces(text: str) -> bool:
    """Tell whether a sentence only leads to what follows: it ends with a colon."""
    return ":" in _marks_at_end(text)


def _marks_at_end(text: str) -> str:
    start = len(text)
    while start and not (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:]


def is_fragment(text: str) -> bool:
    """Tell whether a quotation or a remark in brackets begins or ends outside of the sentence."""
    if text.count('"') % 2 or text.count("(") > text.count(")"):
        return True
    # German and Ukrainian quotations open with „ and close with the mark that opens English ones.
    opened = text.count("«") + text.count("„") + ("„" not in text) * text.count("“")
    return opened != text.count("»") + text.count("”") + ("„" in text) * text.count("“")
