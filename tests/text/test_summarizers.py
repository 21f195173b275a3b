import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.parsers.plaintext import PlaintextParser

from bot.posts import Post
from bot.text.analysis import analyse
from bot.text.digest import Options, digest
from bot.text.ranking import Item
from bot.text.summarizers import METHODS, SitrepSummarizer, Words, build_document, score_sentences

NEWS = (
    "A quake hit the city of Rome on Monday, killing twelve people and injuring forty others.",
    "The quake had a magnitude of 6.1, the geological service of the city said.",
    "Rome lies on the river Tiber.",
    "Many people of the city left their houses after the quake.",
    "A baker told of plates that fell from the wall.",
)
ODD = {
    "one sentence": ["Пожар в Москве."],
    "capitals": ["ПУТИН ПРИБЫЛ В МОСКВУ.", "ОН ВСТРЕТИЛСЯ С ТРАМПОМ.", "ИТОГОВ НЕТ."],
    "digits": ["1 2 3.", "4 5 6.", "7 8 9.", "10."],
    "the same again": ["Пожар в Москве потушен."] * 9,
    "stop words": ["И в на.", "А но или.", "The and of."],
    "nothing alike": ["a", "b", "c", "d"],
    "no words": ["...", "!!!"],
    "surrogates": ["\ud83d раз", "два \udc00"],
    "no sentence": [],
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("sentences", ODD.values(), ids=list(ODD))
@pytest.mark.parametrize("lang", ["en", "ru", "xx"])
def test_every_method_scores_whatever_it_gets(method: str, sentences: list[str], lang: str) -> None:
    scores = score_sentences(method, sentences, lang)
    assert len(scores) == len(sentences)
    assert all(score >= 0 for score in scores)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_ranks_the_sentences_of_news(method: str) -> None:
    scores = score_sentences(method, NEWS, "en")
    assert len(set(scores)) > 1
    assert max(scores) > 0


@pytest.mark.parametrize("method", METHODS)
def test_a_long_text_is_ranked_by_what_a_method_can_read(method: str) -> None:
    sentences = [f"Word{number % 700} of day{number % 31} met plan{number}." for number in range(1000)]
    scores = score_sentences(method, sentences, "en")
    assert len(scores) == 1000
    assert max(scores) > 0


def test_the_first_sentence_leads() -> None:
    assert score_sentences("lead", NEWS, "en") == sorted(score_sentences("lead", NEWS, "en"), reverse=True)


def test_of_many_posts_the_first_sentences_lead() -> None:
    items = [Item(("a",), position=0), Item(("b",), position=1), Item(("c",), position=0, post=1)]
    first, second, other = score_sentences("lead", ["a", "b", "c"], "en", items)
    assert first == other > second


def test_our_summarizer_works_over_a_document_of_sumy_s_own_parser() -> None:
    parser = PlaintextParser.from_string("\n".join(NEWS), Words("en"))
    chosen = SitrepSummarizer()(parser.document, 2)
    assert [str(sentence) for sentence in chosen] == [NEWS[0], NEWS[1]]
    assert len(SitrepSummarizer()(parser.document, "40%")) == 2


def test_our_summarizer_passes_over_repeats_and_stop_words() -> None:
    document = ObjectDocumentModel(
        [Paragraph([SumySentence(text, Words("en")) for text in (NEWS[0], NEWS[0], "The and of.", NEWS[1])])]
    )
    summarizer = SitrepSummarizer()
    summarizer.stop_words = frozenset(("the", "and", "of"))
    assert [str(sentence) for sentence in summarizer(document, 3)] == [NEWS[0], NEWS[1]]


def test_the_digest_holds_what_our_summarizer_chooses() -> None:
    post = Post("p", " ".join(NEWS))
    read = digest([post], [analyse(post)], Options(sentences=2))
    terms = [candidate.terms for candidate in analyse(post).candidates]
    document = build_document(NEWS, [Item(words, place) for place, words in enumerate(terms)], "en")
    chosen = SitrepSummarizer()(document, 2)
    assert [sentence.span.text for sentence in read.sentences] == [str(sentence) for sentence in chosen]


def test_a_document_has_a_paragraph_for_each_post_and_keeps_equal_sentences_apart() -> None:
    items = [Item(("fire",), 0), Item(("fire",), 1), Item(("fire",), 0, post=1)]
    document = build_document(["Fire.", "Fire.", "Fire."], items, "en")
    assert [len(paragraph.sentences) for paragraph in document.paragraphs] == [2, 1]
    assert len(set(document.sentences)) == 3
