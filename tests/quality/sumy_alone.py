"""sumy as whoever uses it by itself does: over the whole text as it comes, nothing cleaned, nothing left out.

Two things it has to be lent, since its own need downloads or are missing: the splitting into sentences and words, and
Russian stop words. Its stemmer is its own.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer

from bot.posts import Post
from bot.text.digest import Options
from bot.text.summarizers import Words
from bot.text.words.tokens import stopwords

LEAD = "lead"
METHODS = {
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
    "edmundson": ("edmundson", "EdmundsonSummarizer"),
}
_LANGUAGES = {"en": "english", "ru": "russian"}

Take = Callable[[Sequence[Any]], Sequence[Any]]
"""What sumy accepts in place of a count: picks from its rated sentences, best first."""


def summarise_by_sumy(method: str, posts: Sequence[Post], budget: Options) -> str:
    """Return the sentences that a method of sumy rates best, or simply the first ones (lead), while they fit."""
    lang = posts[0].lang or "en"
    document = _document(posts, lang)
    if method == LEAD:
        chosen = _takes(budget, str)(document.sentences)
    else:
        chosen = _summarizer(method, lang, document)(document, _takes(budget, lambda info: str(info.sentence)))
    return "\n".join(str(sentence) for sentence in chosen)


def best_sentence(method: str, post: Post, lang: str) -> str:
    """Return the sentence of a post that a method of sumy rates best."""
    document = _document([post], lang)
    return str(_summarizer(method, lang, document)(document, 1)[0])


def _document(posts: Sequence[Post], lang: str) -> Any:
    words = Words(lang)
    return ObjectDocumentModel(
        Paragraph(Sentence(sentence, words) for sentence in words.to_sentences(post.text)) for post in posts
    )


def _takes(budget: Options, text: Callable[[Any], str]) -> Take:
    def take(rated: Sequence[Any]) -> Sequence[Any]:
        taken: list[Any] = []
        words = 0
        for sentence in rated:
            length = len(text(sentence).split())
            if words + length <= (budget.words or float("inf")) and len(taken) < (budget.sentences or len(rated)):
                taken.append(sentence)
                words += length
        return taken

    return take


def _summarizer(method: str, lang: str, document: Any) -> Any:
    module, name = METHODS[method]
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)(Stemmer(_LANGUAGES[lang]))
    if method == "edmundson":
        # Its lists of words are for the user to find; the first sentence stands in for a title.
        summarizer.null_words = stopwords(lang)
        summarizer.bonus_words = document.sentences[0].words
        summarizer.stigma_words = ("perhaps", "maybe", "возможно", "якобы")
    else:
        summarizer.stop_words = stopwords(lang)
    return summarizer
