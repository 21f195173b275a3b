"""Find names in scripts without capitals: by titles, first names and lists of bodies (data/uncased.txt).

Arabic, Persian and Hebrew have blanks between words, and a title or a first name tells that a name begins. Chinese has
none: a name of two or three signs stands behind a title, a foreign one is written with the signs for sounds. Japanese
writes the title behind the name, and particles around both in letters of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.text.actors.names import Name
from bot.text.actors.states import find_state
from bot.text.words.document import Document, Line
from bot.text.words.gazetteers import read_list

_SURE = 0.9
# What Arabic and Hebrew write together with the word after it: and, in, to, as, from, that.
PROCLITICS = {"ar": "(?:[وف]?[بلك]?)", "he": "(?:ו?[שכ]?[לבמ]?)"}
_WORD = re.compile(r"[^\W\d_]+(?:['’\"״׳-][^\W\d_]+)*['’׳]?")
# Parts of names that are none by themselves.
_PARTICLES = frozenset(("عبد", "بن", "ابن", "أبو", "ابو", "بنت", "آل", "سيد", "سید", "בן", "בר", "אבו", "אל"))
_ARTICLE = "ال"
_COMMAS = re.compile(r"[،,:]\s")
# Verbs in the present begin so in Arabic, and hardly any name.
_ARABIC_VERB = re.compile("[يتن]|س[يتن].{3}")
_PREFIXED = re.compile("[بل]")
_MINISTRY, _COMPANY = "وزارة", "شركة"
_LONGEST_NAME, _REACH = 60, 70
# The signs that Chinese writes foreign names with.
_SOUNDS = (
    "阿埃艾安昂奥巴班邦保鲍贝本比彼毕宾博布查达戴丹德邓迪蒂丁东多厄恩尔法凡范菲费芬冯佛弗夫福盖甘冈戈格古哈海汉豪赫亨洪胡华"
    "霍基吉加贾杰金卡凯坎康考科克肯孔库拉莱赖兰朗劳勒雷里利力立莲连廉列林琳隆卢鲁路伦罗洛马迈麦曼芒梅门蒙米密莫默姆穆纳娜南内尼"
    "涅宁农努诺欧帕派潘庞佩彭皮平珀普奇齐乔切琴丘让热荣茹瑞若萨塞赛桑沙绍舍申什圣施史舒斯思苏索塔泰坦汤唐特腾提廷通图托瓦万旺"
    "威韦维魏温文翁沃乌武西希锡席夏香肖谢辛欣休徐许雅亚延扬耶叶伊易因英尤约扎泽詹珍郑治朱兹祖佐"
)
_FOREIGN = re.compile(f"[{_SOUNDS}]{{2,8}}(?:·[{_SOUNDS}]{{1,8}})*")
_KANJI, _KATAKANA = "\u3400-\u9fff々", "\u30a1-\u30fa\u30fc"
# What a Japanese body ends in: "自民党総裁" is the office of nobody who is named.
_OF_BODY = re.compile("[省庁党社会局県区府都道国部院行隊軍連盟課学駅]$|.{2,}[市町村]$")
# "前橋市長": of places rather than of persons, if the word before is short.
_OF_TOWNS, _WEAK = (
    ("市長", "区長", "町長", "知事"),
    ("選手", "監督", "教授", "大使", "代表", "議長", "書記", "議員", "投手", "会長", "社長"),
)
_SHORTEST_BEFORE = {**dict.fromkeys(_WEAK, 3), **dict.fromkeys(_OF_TOWNS, 4)}
_LONG_HEADS = ("委員会", "協会", "機構", "労組", "グループ")
# Single signs before a name or a body that belong to neither: former, both, every.
_BEFORE = "同両各当故"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language, by their kinds in uncased.txt."""

    titles: tuple[str, ...]
    fields: frozenset[str]
    first: frozenset[str]
    stops: frozenset[str]
    bodies: tuple[str, ...]
    heads: tuple[str, ...]


def find_uncased(document: Document) -> Iterator[Name]:
    """Yield bodies and persons of a post in a script without capitals; persons may overlap bodies."""
    if document.lang not in _lists():
        return
    yield from sorted(_listed(document), key=lambda name: name.start - name.end)
    persons = list(dict.fromkeys(name for line in document.lines for name in _persons(document, line)))
    yield from persons
    yield from _repeats(document, persons)


def titles_of(lang: str) -> frozenset[str]:
    """Return the titles of a language whose script has no capitals; none for another."""
    return frozenset(_lists()[lang].titles) if lang in _lists() else frozenset()


def office_before(document: Document, start: int) -> tuple[int, int] | None:
    """Return where the title stands that leads up to a name, with what its holder deals with."""
    before = document.text[max(0, start - _REACH) : start]
    match = _office(document.lang).search(before)
    return (start - len(before) + match.start("office"), start - len(before) + match.end("office")) if match else None


@cache
def _office(lang: str) -> re.Pattern[str]:
    titles = "|".join(map(re.escape, sorted(_lists()[lang].titles, key=lambda word: (-len(word), word))))
    if lang == "zh":
        return re.compile(f"(?P<office>{titles})$")
    fields = "|".join(map(re.escape, sorted(_lists()[lang].fields, key=lambda word: (-len(word), word)))) or "(?!)"
    return re.compile(
        rf"(?<!\w){PROCLITICS.get(lang, '')}(?P<office>(?:{titles})(?: (?:{titles}|{fields})(?!\w)){{0,5}})[،,]? $"
    )


def _persons(document: Document, line: Line) -> Iterator[Name]:
    if document.lang == "zh":
        yield from _chinese(document.text, line)
    elif document.lang == "ja":
        yield from _japanese(document.text, line)
    else:
        yield from _spaced(document, line)


def _listed(document: Document) -> Iterator[Name]:
    """Yield the bodies that are listed, and those that a noun for bodies begins or ends."""
    for match in _bodies(document.lang).finditer(document.text):
        yield Name(*match.span("name"), "ORG", _SURE)
    words = _lists()[document.lang]
    if document.lang == "ja":
        for match in _japanese_bodies().finditer(document.text):
            least = 3 if match["head"] in _LONG_HEADS else 2 if len(match["head"]) == 1 else 1
            own = match["own"].lstrip(_BEFORE)
            if len(own) >= least and own not in words.stops and own + match["head"] != "関係省庁":
                yield Name(match.end() - len(own) - len(match["head"]), match.end(), "ORG", _SURE)
    elif words.heads:
        for match in _titled(document.lang, "heads").finditer(document.text):
            if name := _body_after(document, match.start("title"), match.end()):
                yield name


def _body_after(document: Document, start: int, end: int) -> Name | None:
    """Return the body that a noun begins: the noun and a word, in Arabic adjectives too ("وزارة الصحة المصرية")."""
    text, words = document.text, _lists()[document.lang]
    head, last = text[start:end], end
    for place in range(2):
        match = _WORD.match(text, last + 1) if text.startswith(" ", last) else None
        if match is None or match[0] in words.stops or len(match[0]) < 3:
            break
        has_article = match[0].startswith(_ARTICLE)
        if place and not (document.lang == "ar" and (has_article or head == _COMPANY)):
            break
        if not place and document.lang == "ar" and has_article != (head == _MINISTRY):
            break
        last = match.end()
    return Name(start, last, "ORG", _SURE) if last > end else None


def _spaced(document: Document, line: Line) -> Iterator[Name]:
    """Yield persons behind titles, and those whose first names are known."""
    text, lang, words = document.text, document.lang, _lists()[document.lang]
    for match in _titled(lang, "titles").finditer(text, line.start, line.end):
        at, fields = match.end(), 0
        while (field := _WORD.match(text, at + 1)) and text.startswith(" ", at) and field[0] in words.fields:
            at, fields = field.end(), fields + 1
        comma = _COMMAS.match(text, at)
        at = comma.end() if comma else at + 1
        name = _name_at(document, at, line.end)
        if name and _is_plausible(
            document, name, definite=bool(fields) or match["title"].startswith(_ARTICLE), comma=bool(comma)
        ):
            yield name
    for match in _titled(lang, "first").finditer(text, line.start, line.end):
        name = _name_at(document, match.start("title"), line.end)
        if name and " " in text[name.start : name.end]:
            yield name


def _is_plausible(document: Document, name: Name, *, definite: bool, comma: bool) -> bool:
    """Tell whether words behind a title are a name: a known first name, an apposition, or what no verb looks like."""
    surface = document.text[name.start : name.end]
    first = surface.split()[0]
    if first in _lists()[document.lang].first or first in _PARTICLES:
        return True
    if definite and " " not in surface:
        following = _WORD.match(document.text, name.end + 1)
        return (
            following is not None
            and following[0] in _lists()[document.lang].stops
            and not surface.startswith(("ה", "ב", _ARTICLE))
        )
    if comma:
        return " " in surface and document.text.startswith((",", "،"), name.end)
    return document.lang == "ar" and definite and not (_ARABIC_VERB.match(first) or _PREFIXED.match(first))


def _name_at(document: Document, start: int, end: int) -> Name | None:
    """Return the name at an offset: two words, particles not counted, and in Arabic one more with an article."""
    text, words = document.text, _lists()[document.lang]
    found, counted, last = 0, 0, start
    at = start
    while match := _WORD.match(text, at, end):
        word = match[0]
        is_title = word in words.titles and not (counted == 1 and word.startswith(_ARTICLE))
        is_none = is_title or word in words.stops or word in words.heads or len(word) < 2
        if is_none or (not found and (word.startswith(_ARTICLE) or word in words.fields)):
            break
        after_particle = text[start:at].rstrip().rpartition(" ")[2] in _PARTICLES
        goes_on = word.startswith(_ARTICLE) or word in _PARTICLES or after_particle
        if counted == _name_length(document.lang, text[start:at].split(), words) and not goes_on:
            break
        found += 1
        counted += word not in _PARTICLES
        last = match.end()
        if not text.startswith(" ", last) or last - start > _LONGEST_NAME or counted > 4:
            break
        at = last + 1
    return Name(start, last, "PER", _SURE) if counted else None


def _name_length(lang: str, before: list[str], words: _Words) -> int:
    """Return how many words a name has; one more in Persian if two of them are first names ("محمد باقر قالیباف")."""
    return 3 if lang == "fa" and len(before) > 1 and before[0] in words.first and before[1] in words.first else 2


def _chinese(text: str, line: Line) -> Iterator[Name]:
    words = _lists()["zh"]
    for match in _titled("zh", "titles").finditer(text, line.start, line.end):
        start = match.end()
        end = _chinese_end(text, start, line.end, words)
        if end:
            yield Name(start, end, "PER", _SURE)


def _chinese_end(text: str, start: int, end: int, words: _Words) -> int | None:
    """Return where the name ends that begins at an offset; None if there is none."""
    if text[start : start + 1] in words.first:
        for last in (start + 2, start + 3, start + 4):
            follows = last == end or text[last] in words.stops
            if last <= end and follows and not any(char in words.stops for char in text[start + 1 : last]):
                return last
    foreign = _FOREIGN.match(text, start, end)
    return foreign.end() if foreign else None


def _japanese(text: str, line: Line) -> Iterator[Name]:
    words = _lists()["ja"]
    for match in _japanese_names().finditer(text, line.start, line.end):
        surface = (
            match["name"].lstrip(_BEFORE) if match["name"][0] in _BEFORE and len(match["name"]) > 2 else match["name"]
        )
        surface = surface.rpartition("・")[2] if find_state(surface.partition("・")[0], "ja") else surface
        is_kanji = surface[0] > "\u3400"
        short = is_kanji and len(surface) < _SHORTEST_BEFORE.get(match["title"], 2)
        if not (short or surface in words.stops or _OF_BODY.search(surface) or find_state(surface, "ja")):
            start = match.start("name") + match["name"].index(surface)
            yield Name(start, start + len(surface), "PER", _SURE)


def _repeats(document: Document, persons: list[Name]) -> Iterator[Name]:
    """Yield the persons, or their surnames, wherever else they are named."""
    text, spaced = document.text, document.lang not in ("zh", "ja")
    forms = set()
    for name in persons:
        surface = text[name.start : name.end]
        forms.add(surface)
        if spaced and " " in surface and len(surname := surface.rsplit(" ", 1)[1]) > 2:
            forms.add(surname)
    if not forms:
        return
    either = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
    before, after = (rf"(?<!\w){PROCLITICS.get(document.lang, '')}", r"(?!\w)") if spaced else ("", "")
    for match in re.finditer(f"{before}(?P<name>{either}){after}", text):
        yield Name(*match.span("name"), "PER", _SURE)


@cache
def _bodies(lang: str) -> re.Pattern[str]:
    either = "|".join(map(re.escape, _lists()[lang].bodies)) or "(?!)"
    if lang == "ja":
        return re.compile(f"(?<![{_KATAKANA}])(?P<name>{either})(?![{_KATAKANA}A-Z])")
    if lang == "zh":
        return re.compile(f"(?P<name>{either})")
    return re.compile(rf"(?<!\w){PROCLITICS.get(lang, '')}(?P<name>ה?(?:{either}))(?!\w)")


@cache
def _titled(lang: str, kind: str) -> re.Pattern[str]:
    """Return what finds the words of a kind as whole words, the longest first."""
    either = "|".join(map(re.escape, sorted(getattr(_lists()[lang], kind), key=lambda word: (-len(word), word))))
    if lang == "zh":
        return re.compile(f"(?P<title>{either})")
    return re.compile(rf"(?<!\w){PROCLITICS.get(lang, '')}(?P<title>{either})(?![\w\"״])")


@cache
def _japanese_names() -> re.Pattern[str]:
    titles = "|".join(sorted(_lists()["ja"].titles, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?<![{_KANJI}{_KATAKANA}])(?P<name>[{_KANJI}]{{2,6}}?|[{_KANJI}]{{1,3}}[{_KATAKANA}]{{2,8}}|[{_KATAKANA}][{_KATAKANA}・]+?[米仏英独露中韓印伊]??)"
        rf"[前元]?(?P<title>{titles})(?![{_KANJI}{_KATAKANA}])"
    )


@cache
def _japanese_bodies() -> re.Pattern[str]:
    heads = "|".join(sorted((head[1:] for head in _lists()["ja"].heads), key=lambda word: (-len(word), word)))
    letters = f"{_KANJI}{_KATAKANA}A-Za-z"
    return re.compile(rf"(?<![{letters}])(?P<own>[{letters}]{{1,12}}?)(?P<head>{heads})(?![{_KANJI}{_KATAKANA}])")


@cache
def _lists() -> dict[str, _Words]:
    """Read uncased.txt."""
    lists: dict[str, dict[str, list[str]]] = {}
    lang = ""
    for line in read_list("uncased.txt"):
        if line.startswith("["):
            lang = line.strip("[]")
        else:
            kind, _, words = line.partition(":")
            chars = lang == "zh" and kind in ("first", "stops")
            lists.setdefault(lang, {})[kind] = (
                list(words.strip()) if chars else [w.strip() for w in words.split(", ") if w.strip()]
            )
    return {
        lang: _Words(
            tuple(kinds["titles"]),
            frozenset(kinds["fields"]),
            frozenset(kinds["first"]),
            frozenset(kinds["stops"]),
            tuple(sorted(kinds["bodies"], key=lambda word: (-len(word), word))),
            tuple(kinds["heads"]),
        )
        for lang, kinds in lists.items()
    }
