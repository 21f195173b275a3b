"""The entities that Telegram finds by itself: mentions, hashtags, cashtags, commands, links, e-mail addresses.

One pass of one regular expression without nested repetition: linear. The rules are those of td's find_entities in
the parts that matter to bots; phone and bank card numbers are not looked for.
"""

from __future__ import annotations

import re

from bot.playground.parsing.entities import Entity, utf16_length

# Top-level domains that make a link without a scheme: those that td lists are 1,500, these are the ones in use in news.
_TOP_LEVEL = (
    "com|org|net|edu|gov|mil|int|info|biz|name|pro|io|co|me|tv|ai|app|dev|news|online|site|xyz|press|media|agency"
    "|ru|su|рф|ua|by|kz|am|az|ge|md|uz|kg|tj|tm|ee|lv|lt|pl|de|uk|fr|it|es|pt|nl|be|ch|at|se|no|fi|dk|cz|sk|hu|ro|bg|gr|tr"
    "|rs|hr|si|ba|mk|al|ie|is|us|ca|mx|br|ar|cl|au|nz|jp|cn|kr|in|pk|ir|iq|il|ae|sa|eg|za|ng|ke|eu|asia|ly|gl|gg|to|cc|ws|fm|im"
)
_FOUND = re.compile(
    r"(?P<email>(?<![\w.@/:-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w@]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z0-9_]{2,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#(?=[\d_·]*[^\W\d_])\w{1,256}(?:@[A-Za-z0-9_]{3,32})?(?![\w#]))"
    r"|(?P<cashtag>(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?:@[A-Za-z0-9_]{3,32})?(?![\w$]))"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@]))"
    rf"|(?P<url>(?<![\w@.])(?:(?:https?|ftp|tonsite|tg)://[^\s<>\"«»]{{1,2048}}"
    rf"|(?:[\w-]{{1,63}}\.){{1,8}}(?:{_TOP_LEVEL})(?![\w-])(?::\d{{1,5}})?(?:[/?#][^\s<>\"«»]{{0,2048}})?))",
    re.IGNORECASE,
)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_SCHEMED = re.compile(
    r"(?:https?|ftp)://(?:[^\s/?#@]{1,256}@)?[^\s/?#.]{1,63}(?:\.[^\s/?#.]{1,63}){1,8}", re.IGNORECASE
)


def find_entities(text: str) -> list[Entity]:
    """Return the entities of a text in its order, none overlapping another."""
    entities: list[Entity] = []
    at = units = 0
    for match in _FOUND.finditer(text):
        kind = match.lastgroup or ""
        piece = match.group()
        if kind == "url":
            piece = _trim_url(piece)
            if piece.casefold().startswith(("http", "ftp")) and not _SCHEMED.match(piece):
                continue
        elif kind == "cashtag" and piece.partition("@")[0] != piece.partition("@")[0].upper():
            continue
        units += utf16_length(text[at : match.start()])
        at = match.start()
        entities.append(Entity(kind, units, utf16_length(piece)))
    return entities


def _trim_url(url: str) -> str:
    """Drop the punctuation behind a link, and closing brackets that were not opened in it."""
    while url:
        last = url[-1]
        if last in ".,:;!?'\"`’”…" or (last in _CLOSING and url.count(last) > url.count(_CLOSING[last])):
            url = url[:-1]
        else:
            return url
    return url
