"""What post a message carries.

Every text, caption or poll in a private chat and in a channel; in groups every forward, and what was typed by hand if
it is at least ``intake.group_post_chars`` long, since shorter messages are talk. A message that quotes a message of
another chat carries what it quotes, if it says no more itself than some words to that. What somebody types in a private
chat is none if it is a question, or a few words that tell no news.
"""

import re
from collections.abc import Sequence

from telegram import Message, MessageEntity, MessageOrigin
from telegram.constants import ChatType

from bot.posts import Post
from bot.telegram.intake.marks import marks_of
from bot.telegram.intake.origins import origin_of, permalink, written_at

_QUESTION_CHARS = 100
_FEW_CHARS = 60
_FEW_WORDS = 3
_NEWS_ENDS = (".", "…", '."', ".»", ".”", ".)")
# A number, a name or what follows a colon or a dash: a headline has one of them.
_TELLING = re.compile(r"\d|\w:\s|\s[-–—]\s")
_OPENING_WORDS = """
    who who's whom whose what what's which when where where's why how how's is are was were do does did can could have
    has tell show find search
    кто кого кому чей что чего чем какой какая какое какие каких когда где куда откуда почему зачем как сколько
    расскажи покажи найди подскажи скажи
"""
_OPENING = frozenset(_OPENING_WORDS.split())
_LINKS: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]


def is_post(message: Message, group_post_chars: int) -> bool:
    """Tell whether a message carries a post."""
    text = text_of(message)
    if not has_words(text) or is_question(message):
        return False
    return not in_group(message) or message.forward_origin is not None or len(text) >= group_post_chars


def is_question(message: Message) -> bool:
    """Tell whether somebody types a question in a private chat: one short line that ends so, or a few words."""
    text = _typed(message)
    return (text.endswith("?") and len(text) <= _QUESTION_CHARS) or is_few_words(message)


def is_few_words(message: Message) -> bool:
    """Tell whether somebody types a line in a private chat that is too short to be a post, and is looked for instead.

    It has up to 60 characters, no link and no full stop at its end. It has up to three words, opens like a question,
    or has nothing that a headline has: a name, a number, a colon or a dash.
    """
    text = _typed(message)
    if not text or len(text) > _FEW_CHARS or text.endswith(("?", *_NEWS_ENDS)) or message.parse_entities(_LINKS):
        return False
    words = text.split()
    if len(words) <= _FEW_WORDS or words[0].strip(",:").casefold().replace("’", "'") in _OPENING:
        return True
    return not _TELLING.search(text) and not any(word.lstrip("«“\"'(")[:1].isupper() for word in words[1:])


def read_post(message: Message) -> Post:
    """Make the post that a message carries: its text or caption, its marks, and where it stood first."""
    text, entities, origin = _said(message)
    return Post(
        id=post_id(message),
        text=text,
        date=written_at(message, origin),
        origin=origin_of(message, origin),
        url=permalink(message, origin),
        marks=marks_of(text, entities),
    )


def version_of(message: Message, update_id: int) -> int:
    """Order what a message says at different times: by the second of its edit, and within one by the update's id.

    By the id alone it can't be told: after a quiet week Telegram goes on from any (Bot API, ``Update``).
    """
    second = int(message.edit_date.timestamp()) if message.edit_date else 0
    return second << 24 | update_id & 0xFFFFFF


def post_id(message: Message) -> str:
    """Name the post that a message carries."""
    return f"{message.chat.id}:{message.message_id}"


def text_of(message: Message) -> str:
    """Return what a message says: the text, the caption, a poll, or what it quotes; empty if there is nothing."""
    return _said(message)[0]


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit in a text."""
    return any(character.isalnum() for character in text)


def in_group(message: Message) -> bool:
    """Tell whether a message stands in a group."""
    return message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}


def _typed(message: Message) -> str:
    """Return the line that somebody types in a private chat; empty for forwards, commands, and what is no line."""
    text = (message.text or "").strip()
    by_hand = message.chat.type == ChatType.PRIVATE and not (message.forward_origin or message.via_bot or message.quote)
    return text if by_hand and not text.startswith("/") and "\n" not in text and has_words(text) else ""


def _said(message: Message) -> tuple[str, Sequence[MessageEntity], MessageOrigin | None]:
    """Return what a message says, its formatting, and who said it first, if not the sender."""
    text = _poll(message) or message.text or message.caption or ""
    quote, quoted = message.quote, message.external_reply
    if quote and quoted and not _says_more(message, text):
        return quote.text, quote.entities or (), quoted.origin
    return text, message.entities or message.caption_entities, message.forward_origin


def _says_more(message: Message, text: str) -> bool:
    """Tell whether a message that quotes another says something itself: it is a forward, a sentence, or some words."""
    if not has_words(text):
        return False
    return message.forward_origin is not None or len(text.split()) > _FEW_WORDS or text.rstrip().endswith(_NEWS_ENDS)


def _poll(message: Message) -> str:
    """Write what a poll asks, with what is told of it before, and its options each on a line."""
    poll = message.poll
    if not poll:
        return ""
    told = [poll.description] if poll.description else []
    return "\n".join([*told, poll.question, *(f"– {option.text}" for option in poll.options)])
