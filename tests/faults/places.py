"""Where recaps are posted in tests."""

from bot.playground.client.cast import Bot, Channel, Group, User
from bot.playground.client.local_telegram import LocalTelegram

FOREIGN = "posted by somebody else"

Where = Channel | Group | User


def make_place(telegram: LocalTelegram, account: Bot, kind: str, *, may_edit: bool = False) -> tuple[Where, int]:
    """Make a chat of a kind in which a bot may write; return it, and the id of the topic if it is one."""
    if kind == "private":
        person = telegram.user("Petra")
        person.starts(account)
        return person, 0
    if kind == "channel":
        channel = telegram.channel("Channel")
        channel.adds(account)
        channel.promotes(account, can_edit_messages=may_edit)
        channel.post(FOREIGN)
        return channel, 0
    group = telegram.supergroup("Group", account, is_forum=kind == "topic")
    return group, group.topic("News") if kind == "topic" else 0


def seen_in(where: Where, account: Bot) -> list[str]:
    """Return the texts of the messages that stand in a chat; of a private one, those in that with the bot."""
    messages = where.sees(account) if isinstance(where, User) else where.messages()
    return [message.text for message in messages]
