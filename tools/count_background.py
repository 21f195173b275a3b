"""Count how common words are in news, for posts that are too few to tell: writes bot/text/data/background_*.txt.

    python tools/count_background.py

Counted in the texts of tests/data/ner and of tests/data/summaries/headlines_ru.jsonl. An article counts as several
posts, cut after a sentence, for words of a long text are not as common as they seem.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.posts import Analysis, Post
from bot.text.analysis import analyse

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
TEXTS = {"en": ("ner/en.jsonl",), "ru": ("ner/ru.jsonl", "summaries/headlines_ru.jsonl")}
SOURCES = {
    "en": "401 articles of Wikinews (CC BY 2.5) and MultiLing 2011 (CC BY 3.0)",
    "ru": "1,000 posts of NKTKLN/telegram-news-classifier (CC BY 4.0)",
}
MOST = 2000
POST_TERMS = 50


def posts_of(analysis: Analysis) -> Iterator[set[str]]:
    """Yield the terms of a text in pieces of the length of a post."""
    terms: list[str] = []
    for candidate in analysis.candidates:
        terms += candidate.terms
        if len(terms) >= POST_TERMS:
            yield set(terms)
            terms = []
    if terms:
        yield set(terms)


def main() -> None:
    """Write the lists."""
    for lang, names in TEXTS.items():
        posts: list[set[str]] = []
        for name in names:
            for line in (DATA / name).read_text(encoding="utf-8").splitlines():
                posts += posts_of(analyse(Post("", json.loads(line)["text"]), lang))
        counts = Counter(term for terms in posts for term in terms)
        common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]
        rows = [f"{term} {round(count / len(posts) * 10_000)}" for term, count in common]
        head = [
            f"# The {MOST:,} most common stems, and in how many of 10,000 posts each stands.",
            f"# Counted by tools/count_background.py in {SOURCES[lang]}.",
        ]
        path = ROOT / "bot" / "text" / "data" / f"background_{lang}.txt"
        path.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
