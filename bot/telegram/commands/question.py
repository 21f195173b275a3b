"""A question or a few words, typed in a private chat, are answered as /summary answers them, and are no post.

"What did Elena Varga say?" asks for the posts that hold "Elena Varga", "What happened today?" for those of today.
"""

from telegram import Update

from bot.telegram.commands.summary import summary
from bot.telegram.handling import Context, addressed

_MARKS = ",.;:!?…"
# What makes words a question, and says nothing of the posts that would answer it.
_ASKING_WORDS = """
    what what's whats who who's whom which where when why how is are was were did does do has have had been can could
    say says said saying tell tells told happen happens happened happening going write writes wrote written know known
    me us please new any anything there
    что чего кто кого кому какой какая какое какие где когда почему зачем как сколько ли же был была было были есть
    такой такая такие сказал сказала сказали говорит говорил говорила говорят пишет пишут писали случилось произошло
    происходит известно слышно нового нам мне расскажи подскажи скажи
"""
_ASKING = frozenset(_ASKING_WORDS.split())
_HOW_MUCH = {"many", "much", "long", "far", "often", "big", "old"}


async def question(update: Update, context: Context) -> None:
    """Answer a question."""
    context.args = words_of(addressed(update).text or "")
    await summary(update, context)


def words_of(text: str) -> list[str]:
    """Return the words of a question that tell what it is about; none asks for what is new."""
    words = (word.strip(_MARKS) for word in text.split())
    said = [(word, word.casefold().replace("’", "'")) for word in words if word]
    before = ["", *(plain for _, plain in said)]
    return [
        word
        for (word, plain), last in zip(said, before, strict=False)
        if plain not in _ASKING and not (plain in _HOW_MUCH and last == "how")
    ]
