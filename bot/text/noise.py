"""Tell posts that carry no news: advertising, greetings, self-promotion, weather cards, digests of many events."""

import re

from bot.text.document import Document

_ADVERTISING = re.compile(
    r"\berid\b|\bреклама\b|промокод|скидк|розыгрыш|разыгрыва|участв\w+ в конкурс|оформ(?:ить|и) (?:заказ|карт|подписк)|"
    r"переходи(?:те)? (?:по ссылке|на сайт|в канал)|подписывай|подпишись|регистрируй|зарегистрируй|записывай(?:ся|тесь)|"
    r"купить|заказать|бесплатн\w+ (?:урок|вебинар|курс|доставк)|ваканси|заработ\w+ от|мест ограничен|успей|спешите|только (?:сегодня|до)|"
    r"\bpromo ?code\b|\bdiscount\b|% off\b|\bgiveaway\b|\bsponsored\b|\bsubscribe\b|\bjoin (?:us|our)\b|\bsign up\b|\bbuy now\b|\border now\b|"
    r"\blimited (?:offer|time)\b|\bfree (?:trial|webinar|course|shipping)\b|\blink in bio\b|\bdm (?:me|us)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\berid\b|^\W*#?реклама\b|\bsponsored\b|промокод|\bpromo ?code\b", re.IGNORECASE | re.MULTILINE)
_GREETING = re.compile(
    r"^\W*(?:доброе утро|добрый (?:день|вечер)|доброй ночи|спокойной ночи|всем привет|с (?:добрым утром|праздником|днем|днём|новым)|"
    r"good (?:morning|evening|night|day)|happy (?:new year|birthday|holidays)|hello everyone|hi all)\b",
    re.IGNORECASE,
)
_DIGEST = re.compile(
    r"(?:главн\w+|основн\w+|важн\w+) (?:новост\w+|событи\w+|за |к )|итоги (?:дня|недели|утра)|дайджест|что (?:произошло|случилось) (?:за|к|ночью)|"
    r"о чем писали|к этому часу|\bdigest\b|\bdaily (?:briefing|roundup|recap)\b|\bwhat happened\b|\btop stories\b|\bmorning briefing\b",
    re.IGNORECASE,
)
_WEATHER = re.compile(r"°|\+\d{1,2}\b|−\d{1,2}\b|градус|осадк|облачн|давление|влажность|ветер|celsius|humidity", re.IGNORECASE)


def is_noise(document: Document) -> bool:
    """Tell whether a post says nothing that a digest should carry."""
    original, text = document.post.text, document.text
    words = len(re.findall(r"\w+", text))
    if words < 3 or _STRONG.search(original):
        return True
    calls = len(_ADVERTISING.findall(text))
    if calls >= 2 and calls * 60 > words:
        return True
    if _GREETING.match(text) and words < 60:
        return True
    if len(_WEATHER.findall(text)) >= 4 and words < 90:
        return True
    links = original.count("](http") + len(re.findall(r"(?<!\()https?://", original)) + sum(mark.url is not None for mark in document.post.marks)
    head = text[: max(80, len(text) // 4)]
    return bool(_DIGEST.search(head)) and (links >= 3 or len(document.lines) >= 6)
