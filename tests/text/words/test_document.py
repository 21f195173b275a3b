import pytest
from hypothesis import given

from bot.posts import Mark, MarkKind, Origin, OriginKind, Post
from bot.text.words.document import read_document
from tests.text import strategies


def headlines(post: Post) -> list[str]:
    document = read_document(post)
    return [document.text[line.start : line.end] for line in document.lines if line.headline]


@given(strategies.posts)
def test_every_line_and_token_has_a_verbatim_span(text: str) -> None:
    document = read_document(Post("1", text))
    for line in document.lines:
        spans = [document.span(line.start, line.end), *(document.span(token.start, token.end) for token in line.tokens)]
        assert all(text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "Quake hits Rome\nTwelve people were hurt. Rescue goes on.",
        "**Quake hits Rome.** Twelve people were hurt. Rescue goes on.",
        "🔥 QUAKE HITS ROME 🔥\n\nTwelve people were hurt.",
    ],
)
def test_a_first_sentence_that_stands_apart_is_the_headline(text: str) -> None:
    assert [line.casefold().rstrip(".") for line in headlines(Post("1", text))] == ["quake hits rome"]


@pytest.mark.parametrize(
    "headline",
    [
        "The myth calls! How it changed games. Part three",
        "Мифы зовут! Как они меняли игры. Часть третья",
        "«Лучшие люди. Сегодня я в этом убедилась. Ребята, это чума»",
    ],
)
def test_a_first_line_of_several_sentences_may_be_one_headline(headline: str) -> None:
    assert headlines(Post("1", f"{headline}\n\nTwelve games were made of it. Rescue goes on.")) == [headline]


@pytest.mark.parametrize(
    "first",
    [
        "Hello everybody! Here is our letter.",
        "A strong quake hit the city of Rome on Monday morning. Twelve people were hurt",
        "Look here! " + "Many words of this line tell what nobody would put into any headline " * 8,
    ],
)
def test_a_first_line_of_whole_sentences_is_no_headline(first: str) -> None:
    assert headlines(Post("1", f"{first}\nRescue goes on.")) == []


def test_a_bold_first_sentence_is_the_headline() -> None:
    text = "Quake hits Rome. Twelve people were hurt."
    assert headlines(Post("1", text)) == []
    assert headlines(Post("1", text, marks=(Mark(MarkKind.BOLD, 0, 16),))) == ["Quake hits Rome."]
    assert headlines(Post("1", text, marks=(Mark(MarkKind.BOLD, 0, len(text)),))) == []


@pytest.mark.parametrize("text", ["", "Quake hits Rome", "Quake hits Rome. Twelve people were hurt.\nRescue goes on."])
def test_a_post_may_have_no_headline(text: str) -> None:
    assert headlines(Post("1", text)) == []


def test_the_channel_s_name_at_the_end_is_not_read() -> None:
    post = Post("1", "Суд отложен до мая.\n\nРаньше всех", origin=Origin(OriginKind.CHANNEL, "Раньше всех"))
    assert read_document(post).text == "Суд отложен до мая."


def test_the_language_is_the_given_one_else_the_post_s_own_else_the_detected() -> None:
    post = Post("1", "Пожар", lang="uk")
    assert read_document(post, "bg").lang == "bg"
    assert read_document(post).lang == "uk"
    assert read_document(Post("1", "Пожар")).lang == "ru"
