"""Find what is said of a part: "30 drones, six of them over Rostov" tells where the six were, not what 30 did."""

import re
from collections.abc import Sequence

from bot.text.numbers.clauses import Clause, has_verb, opens_with_verb, says_something, trimmed
from bot.text.numbers.passage import Figure, Passage

_WHOLE = r"(?:из (?:них|которых)|среди (?:них|которых)|of (?:them|whom|which))"
_BEFORE = re.compile(
    rf"(?:^|[,;:(.—–-]|\b(?:и|а|но|and|but))\s*{_WHOLE}(?: (?:уже|только|лишь|ещё|еще|only|just))?\s*[—–:-]?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\s*{_WHOLE}\b(?!\s*[—–-]\s*\d)\s*", re.IGNORECASE)
# What may stand between the numbers of a row that share what they count.
ROW = re.compile(r"[\s,&/(]*(?:and|or|to|и|или|и ещё|ещё|из них)?(?: the| their| its| his| her)?[\s,]*", re.IGNORECASE)
# "43 people are hurt, including four children"
_INCLUDED = re.compile(r"\b(?:including|among them|в том числе|в частности)\W+(?:the )?$", re.IGNORECASE)
# "The number of the dead rose to ten, among them ..."
_SIZE = re.compile(r"\b(?:числ[оа]|количеств[оа]|number|toll)\b", re.IGNORECASE)
# "32 of them — over Bryansk", "49 из которых в Москве"
_GOES_ON = re.compile(r"[\s*_]*(?:[—–-][\s*_]*)?")
# Between the parts of one whole: "six over Rostov, five over Kursk and two at sea".
_NEXT = re.compile(r"(?:[,;]|\b(?:and|и|а|ещё|еще))\s*$", re.IGNORECASE)


def is_part(passage: Passage, figure: Figure, before: Clause) -> bool:
    """Tell whether a number is a part of another, and no verb ``before`` it in its clause takes it as an object."""
    if figure.attributive:
        return False
    if _BEFORE.search(passage.before(figure.start)):
        return True
    return bool(_AFTER.match(passage.text, figure.end, passage.end)) and not says_something(passage, before)


def is_next_part(passage: Passage, figure: Figure, before: Clause) -> bool:
    """Tell whether a number that stands behind a part is one more part of the same whole."""
    return (
        not figure.attributive
        and bool(_NEXT.search(passage.before(figure.start)))
        and not says_something(passage, before)
    )


def of_part(passage: Passage, figure: Figure, after: Clause, later: Sequence[Clause]) -> Clause | None:
    """Return what is said of a part behind it, in its own clause or in the next; None if nothing is."""
    joint = _AFTER.match(passage.text, figure.end, passage.end)
    begin = joint.end() if joint else figure.end
    said = trimmed(passage, begin, max(after.end, begin))
    if said.start < said.end and says_something(passage, said):
        return said
    goes_on = later and (_GOES_ON.fullmatch(passage.text, begin, later[0].start) or opens_with_verb(passage, later[0]))
    return later[0] if goes_on else None


def before_others(passage: Passage, figure: Figure, earlier: Clause, figures: Sequence[Figure]) -> Clause | None:
    """Return the words of an ``earlier`` clause that stand before other numbers like this; None if they do not act.

    "They found 260 kilograms of roe and 310 kilograms of fish": the second is not about the first.
    """
    held = rivals(figure, figures, earlier)
    if not held:
        return earlier
    head = trimmed(passage, earlier.start, held[0].start)
    if says_something(passage, head) and has_verb(passage, head):
        return head
    return of_whole(passage, figure, earlier, held) if is_included(passage, figure) else None


def is_included(passage: Passage, figure: Figure) -> bool:
    """Tell whether a number is said to be part of what the clause before tells: "six people, including two boys"."""
    return bool(_INCLUDED.search(passage.before(figure.start)))


def of_whole(passage: Passage, figure: Figure, earlier: Clause, figures: Sequence[Figure]) -> Clause | None:
    """Return what an ``earlier`` clause says of the whole, which is true of its part; None if it tells its size."""
    held = rivals(figure, figures, earlier)
    if not held:
        return None if _SIZE.search(passage.text, earlier.start, earlier.end) else earlier
    pieces = trimmed(passage, earlier.start, held[0].start), trimmed(passage, held[-1].end, earlier.end)
    told = (piece for piece in pieces if piece.start < piece.end and says_something(passage, piece))
    return next((piece for piece in told if not _SIZE.search(passage.text, piece.start, piece.end)), None)


def behind_others(passage: Passage, figure: Figure, later: Clause, figures: Sequence[Figure]) -> Clause | None:
    """Return the words of a ``later`` clause that tell of a row of numbers which ends in it.

    "Two ships and eight sailors were held" tells of both, "two are dead and eight were held" of the second only.
    """
    held = rivals(figure, figures, later)
    if not held or opens_with_verb(passage, later):
        return later
    tail = trimmed(passage, held[-1].end, max(later.end, held[-1].end))
    joined = ROW.fullmatch(passage.text, figure.end, held[0].start)
    return tail if joined and has_verb(passage, tail) else None


def rivals(figure: Figure, figures: Sequence[Figure], clause: Clause) -> list[Figure]:
    """Return the other numbers of a clause that may be taken for this one."""
    return [
        other
        for other in figures
        if clause.start <= other.start < clause.end
        and other is not figure
        and other.kind is figure.kind
        and not other.attributive
    ]
