from hypothesis import given
from hypothesis import strategies as st

from bot.text.ranking import Item, Weights, rank, weights_for, without_repeats

terms = st.lists(st.sampled_from("abcdefgh"), max_size=8).map(tuple)
sentences = st.lists(terms, max_size=12)


def items(*sentences: str) -> list[Item]:
    return [Item(tuple(sentence.split()), position) for position, sentence in enumerate(sentences)]


def test_what_the_text_talks_about_is_ranked_over_what_it_mentions_once() -> None:
    scores = rank(items("a b c d", "e f g h", "a b i j", "a b k l"), Weights(position=0))
    assert max(scores) == scores[0]
    assert min(scores) == scores[1]


def test_of_equal_sentences_the_first_is_ranked_over_the_last() -> None:
    first, second = rank(items("a b c d", "e f g h"), Weights(position=0.3))
    assert first > second


def test_english_posts_are_told_by_their_first_sentence_more_than_russian_ones() -> None:
    hook, main = items("x y z", "a b c d e f g")
    english, russian = (rank([hook, main], weights_for(lang, posts=1)) for lang in ("en", "ru"))
    assert english[0] > english[1]
    assert russian[0] < russian[1]


def test_weights_multiply_scores() -> None:
    plain, heavy = rank([Item(("a",), 0), Item(("a",), 0, weight=2.0)], Weights())
    assert heavy == 2 * plain


def test_without_words_there_is_no_score() -> None:
    assert rank([Item((), 0)], Weights(bigrams=1)) == [0.0]


@given(sentences)
def test_every_sentence_has_a_score(texts: list[tuple[str, ...]]) -> None:
    scores = rank([Item(text, position) for position, text in enumerate(texts)], Weights(bigrams=0.5))
    assert len(scores) == len(texts)
    assert all(score >= 0 for score in scores)


def test_a_sentence_that_repeats_a_better_one_is_passed_over() -> None:
    texts = ["abcd", "abce", "axyz"]
    assert list(without_repeats(texts, [3.0, 2.0, 1.0])) == [0, 2]
    assert list(without_repeats(texts, [2.0, 3.0, 1.0])) == [1, 2]


def test_a_sentence_that_tells_more_than_a_better_one_is_kept() -> None:
    assert list(without_repeats(["ab", "abcde"], [2.0, 1.0])) == [0, 1]


@given(st.lists(st.tuples(terms, st.floats(0, 10)), max_size=12))
def test_what_is_passed_over_is_half_told_by_one_that_is_better(rated: list[tuple[tuple[str, ...], float]]) -> None:
    texts, scores = [text for text, _ in rated], [score for _, score in rated]
    kept = list(without_repeats(texts, scores))
    assert [scores[index] for index in kept] == sorted((scores[index] for index in kept), reverse=True)
    for index, text in enumerate(texts):
        told = any(
            len(set(text) & set(texts[other])) > len(set(text)) // 2
            for other in kept
            if (-scores[other], other) < (-scores[index], index)
        )
        assert (index in kept) == (bool(text) and not told)
