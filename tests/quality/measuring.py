"""Run a way of reading over the gold data, and score it. A way of reading is a function; ours stand at the end."""

from collections.abc import Callable, Sequence
from statistics import fmean

from bot.posts import Digest, Post
from bot.text.analysis import analyse
from bot.text.digest import Options, digest
from tests.quality.gold import load_gold_posts, load_gold_stream, load_topics
from tests.quality.rouge import rouge
from tests.quality.scoring_actors import score_actors
from tests.quality.scoring_leads import score_leads
from tests.quality.scoring_numbers import score_numbers
from tests.quality.scoring_stories import score_stories

Figures = dict[str, float]
Read = Callable[[Sequence[Post]], Digest]
Summarise = Callable[[Sequence[Post], Options], str]

# As much as the people who wrote the references were told to write.
BUDGETS = {"en": Options(sentences=None, words=250), "ru": Options(sentences=1)}


def measure_posts(lang: str, read: Read) -> Figures:
    """Return the figures of actors, numbers and leads over the annotated posts, each read by itself."""
    gold = load_gold_posts(lang)
    digests = [read([true.post]) for true in gold]
    pairs = list(zip(gold, digests, strict=True))
    return {
        **score_actors((true.actors, mine.actors) for true, mine in pairs),
        **score_numbers((true.numbers, mine.numbers) for true, mine in pairs),
        **score_leads((true.lead, mine.sentences) for true, mine in pairs),
    }


def measure_stories(read: Read) -> Figures:
    """Return the figures of stories and noise over the annotated day."""
    gold = load_gold_stream()
    return score_stories(gold, read(gold.posts))


def measure_summaries(lang: str, summarise: Summarise) -> Figures:
    """Return ROUGE-1 and ROUGE-2 against what people wrote, the mean over the topics."""
    topics = load_topics(lang)
    summaries = [summarise(topic.posts, BUDGETS[lang]) for topic in topics]
    return {
        f"rouge_{n}": fmean(
            rouge(summary, topic.references, n) for summary, topic in zip(summaries, topics, strict=True)
        )
        for n in (1, 2)
    }


def read_by_sitrep(posts: Sequence[Post]) -> Digest:
    """Read posts as `sitrep digest` does."""
    return digest(posts, [analyse(post) for post in posts])


def summarise_by_sitrep(posts: Sequence[Post], budget: Options) -> str:
    """Return the sentences of a digest."""
    read = digest(posts, [analyse(post) for post in posts], budget)
    return "\n".join(sentence.span.text for sentence in read.sentences)
