"""Tell from the words around a name what it does there: acts, speaks, is cited, owns, or is only a place."""

import re

# What a place has: "в столице Турции", "у берегов Японии"; not what is attacked and held ("по территории России").
_PARTS = (
    r"столиц\w+|центр\w*|берег\w*|побережь\w+|окраин\w+|север\w*|юг\w*|восток\w*|запад\w*|границ\w+|аэропорт\w*|улиц\w+|"
    r"район\w*|город\w*|пригород\w*|посел\w+|посёл\w+|регион\w*|област\w+|провинци\w+|штат\w*|населенн\w+ пункт\w+"
)
# Who only comes from a place, and what kind of place it is: "житель Омска", "деревня Ивановка", "подмосковные Химки".
_OF_HERE = (
    r"(?:жител\w+|уроженец|уроженк\w+|уроженц\w+|граждан\w+|деревн\w+|сел[оаеу]|селом|город[аеу]?|городом|пос[её]л\w+|"
    r"подмосковн\w+)"
)
_AT_PLACE = re.compile(
    r"(?:^|\W)(?:in|at|near|from|to|into|across|outside|inside|around|through|throughout|over|off|toward|towards|within|on|"
    r"в|во|на|из|под|над|около|возле|по|до|через|близ|вблизи|к|ко)(?:\s+the|\s+[a-z]+ern|\s+всей|\s+(?:\w+\s+)?(?:"
    rf"{_PARTS}))?\s*[«\"*]*$|(?:^|\W)(?:у|недалеко от|неподалёку от|неподалеку от)\s+(?:{_PARTS})\s*$"
    rf"|(?:^|\W){_OF_HERE}\s$",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:^|\W)во?\s+[«\"*]*$", re.IGNORECASE)
_IN_THERE = re.compile(r"\Wво?\s+[«\"*]*$")
_THEY_DO = re.compile(r"[»\"*]*\s+(?:\w+\s+){0,2}?(?:не\s+)?\w{2,}(?:ли|лись|ют|ут|ат|ят|ются|утся)\b")
# What governments do, of whom a place stands; anything else is done there: "в Москве открыли каток".
_THEY_DECIDE = re.compile(
    r"[»\"*]*\s+(?:\w+\s+){0,2}?(?:не\s+)?(?:(?:заяв|сообщ|назв|назыв|отверг|опроверг|обеща|пообеща|призв|призыв|призна|осуди|"
    r"осужда|отрица|потреб|треб|предлож|предлаг|пригроз|подтверд|подтверж|счита|ожида|хот|дума|указ|рассказ|объясн|прокоммент|"
    r"отреаг|поддерж|планир|подчерк|отмет|отмеч|обвин|предупре|одобр|реши|понима|допус|исключ|возраз|поблагодар|выраз|выраж|"
    r"настаив|рассматрив|обсуд|обсужд)\w*(?:ли|ют|ут|ат|ят)|(?:отказ|соглас|надею|договор|готов)\w*(?:лись|тся)|"
    r"намерены|уверены|готовы)\b"
)
_OF = re.compile(r"(?:^|\W)of(?:\s+the)?\s*$", re.IGNORECASE)
_AFTER_COMMA = re.compile(r"[^\W\d_a-zа-я][\w’'-]*,\s$")
# A verb, after the people or the body of a place, if they act for it ("Texas police arrested").
_ACTS = re.compile(
    r"(?:\s(?:region|province|government|authorities|officials|police|lawmakers|parliament|prosecutors|troops|forces|"
    r"army))?\s*(?:[,–—-]?\s*(?:has|have|had|is|was|were|will|would|could|may|said|says|and\s)\b|(?:also\s+)?\w+(?:ed|s)\s|"
    r"\s(?:не\s+)?\w+(?:ал|ял|ил|ел|ул|ала|яла|ила|ела|али|или|ели|ло|ет|ит|ют|ут|ат|ят|лся|лась|лись|ется|ится)\b)"
)
_SPEAKS = re.compile(
    r"[^\w\n]*(?:\w+\s+){0,2}?(?:said|says|told|announced|reported|reports|warned|confirmed|added|stated|denied|"
    r"accused|urged|claimed|"
    r"сообщил|заявил|сказал|рассказал|объявил|отметил|подчеркнул|предложил|потребовал|подтвердил|обвинил|добавил|пиш|переда|"
    r"написал|сообща|считает|призвал|пояснил|уточнил)",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?:according to|told|said|reported by|по данным|по словам|сообщает|сообщил\w*|пишет|передает|передаёт|"
    r"заявил\w*|рассказал\w*|со ссылкой на|сообщили в|заявили в|считает|уточнил\w*|отметил\w*)\s+(?:the\s+)?[«\"*]*$",
    re.IGNORECASE,
)
_OWNS = re.compile(r"['’]s?\s")
# Neither a verb nor a small word of grammar.
_DESCRIBES = re.compile(
    r"\s+(?!(?:is|was|were|are|be|has|have|had|will|would|could|can|may|might|should|did|does|do|and|or|but|in|on|at|of|to|"
    r"for|from|by|with|over|after|before|as|that|this|who|which|when|where|while|since|until|into|about|against|than|if|"
    r"it|he|she|they|said|says|say|not|also|won|lost|beat|began|took|made|gave|sent|told|held|met|the|a|an|his|her|its|"
    r"their)\b)(?!\w+ed\b)[A-Za-z]"
)
_REACH = 40


def before(text: str, start: int) -> str:
    """Return what stands before a name, as far as it matters."""
    return text[max(0, start - _REACH) : start]


def after(text: str, end: int) -> str:
    """Return what stands after a name, as far as it matters."""
    return text[end : end + _REACH]


def stands_at_place(text: str, start: int) -> bool:
    """Tell whether a preposition of place, or what lies or lives there, stands before the name."""
    return _AT_PLACE.search(before(text, start)) is not None


def is_inside(text: str, start: int) -> bool:
    """Tell whether the Russian "in" stands before the name, and does not open the sentence."""
    return _IN_THERE.search(before(text, start)) is not None


def stands_after_of(text: str, start: int) -> bool:
    """Tell whether something of the name is meant ("the Constitution of Iran")."""
    return _OF.search(before(text, start)) is not None


def stands_after_comma(text: str, start: int) -> bool:
    """Tell whether the name follows another, which as a place lies in it ("Mombasa, Kenya")."""
    return _AFTER_COMMA.search(before(text, start)) is not None


def acts(text: str, end: int) -> bool:
    """Tell whether a verb follows the name."""
    return _ACTS.match(text, end) is not None


def acts_inside(text: str, start: int, end: int) -> bool:
    """Tell whether the name is the agent of "in the Duma they proposed", as Russian says for "the Duma proposed"."""
    return _IN.search(before(text, start)) is not None and _THEY_DO.match(after(text, end)) is not None


def decides_inside(text: str, start: int, end: int) -> bool:
    """Tell whether those who govern a place are the agent: "in Berlin they refused", for "Berlin refused"."""
    return _IN.search(before(text, start)) is not None and _THEY_DECIDE.match(after(text, end)) is not None


def speaks(text: str, end: int) -> bool:
    """Tell whether a verb of saying follows the name."""
    return _SPEAKS.match(after(text, end)) is not None


def is_cited(text: str, start: int) -> bool:
    """Tell whether the name stands as a source."""
    return _CITED.search(before(text, start)) is not None


def owns(text: str, end: int) -> bool:
    """Tell whether the name is in the English genitive."""
    return _OWNS.match(text, end) is not None


def describes(text: str, end: int) -> bool:
    """Tell whether an English name only describes the word after it ("U.S. visitors")."""
    return _DESCRIBES.match(text, end) is not None
