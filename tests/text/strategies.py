"""Texts as posts have them, and worse."""

from hypothesis import strategies as st

_MARKUP = ("**", "__", "~~", "||", "`", "```", "[", "]", "](http://a.b/c)", "(", ")", "#", "#тег", "@mash", "bit.ly/x_")
_BLANKS = ("\n", "\n\n", " ", "\u00a0", "\u200d", "\u202e", "\u00ad", "\ufe0f", "\x00", "\ud83d", "\udc00")
_SIGNS = (
    "❗️",
    "⚡️",
    "🇷🇺",
    "1️⃣",
    "▪️",
    "•",
    "— ",
    "-",
    "1. ",
    "$",
    "%",
    "№",
    "«",
    "»",
    "“",
    "”",
    '"',
    "…",
    "?!",
    ".",
    "!",
)
_LETTERS = (
    "и",
    "е",
    "É",
    "е\u0301",
    "и\u0306",
    "е\u0308",
    "\u0301",
    "й",
    "ї",
    "日本。",
    "سلام؟",
    "Բարև։",
    "'s",
    "O'Neil",
)
_WORDS = ("Президент сказал.", "The U.S. won.", "А. С. Пушкин", "г. ", "млн руб.", "12,5", "1 234", "e.g. ")
_FOOTERS = ("Подписаться", "Читать далее", "Источник: ", "Subscribe", "Read more", "https://t.me/x")
_PIECES = _MARKUP + _BLANKS + _SIGNS + _LETTERS + _WORDS + _FOOTERS

# Repeated very often, each of these has a way to make careless code take quadratic time.
HOSTILE = (
    *(
        "*",
        "[",
        "](http://",
        "[a](http://b)",
        "🔥",
        "🔥 x",
        "\u0301",
        "а" + "\u0301" * 9,
        "\u200b",
        "_",
        "`",
        "```a",
        "#a ",
    ),
    *(
        "@a ",
        "-",
        "- ",
        "\n",
        "\n🔥",
        "http://(",
        "http://",
        "[a\n](http://b)",
        "\ud800",
        ".",
        ". ",
        "A. ",
        "г. ",
        "1. ",
        "U.S.",
    ),
    *("! ", '"', "(", "。", "a", "a-", "a.b-", "1,", " ", "слово ", "Слово пошло. "),
)

posts = st.one_of(
    st.text(),
    st.text(st.characters(codec=None)),
    st.lists(st.sampled_from(_PIECES), max_size=40).map("".join),
)
