from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Analysis, Mark, MarkKind, Origin, OriginKind, Post, Span
from bot.text.analysis import VERSION, analyse
from tests.text import strategies


def spans(analysis: Analysis) -> list[Span]:
    found = [candidate.span for candidate in analysis.candidates]
    for actor in analysis.actors:
        found += [*actor.mentions, *([actor.role] if actor.role else [])]
    for number in analysis.numbers:
        found += [number.span, *([number.about] if number.about else [])]
    return found


# The first text waits for the models to be loaded.
@given(strategies.posts, st.sampled_from([None, "en", "ru", "uk", "de", "zh", "ar", "xx"]))
def test_every_text_is_read_and_every_span_is_verbatim(text: str, lang: str | None) -> None:
    analysis = analyse(Post("p", text), lang)
    for span in spans(analysis):
        assert span.post == "p"
        assert span.start < span.end
        assert text[span.start : span.end] == span.text


@given(st.text(max_size=60), st.data())
def test_marks_of_any_kind_and_place_do_no_harm(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    marks = data.draw(st.lists(st.builds(Mark, st.sampled_from(MarkKind), place, place), max_size=4))
    analysis = analyse(Post("p", text, marks=tuple(marks)))
    assert all(text[span.start : span.end] == span.text for span in spans(analysis))


@pytest.mark.parametrize("unit", strategies.HOSTILE)
def test_a_hostile_text_is_read(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert all(text[span.start : span.end] == span.text for span in spans(analyse(Post("p", text))))


@pytest.mark.parametrize(
    "unit", ["ПУТИН ", "Путин ", "Президент Владимир Путин и Иван Иванов, ", "Minister Smith, ", "U.S. ", "ПАО «А "]
)
def test_names_without_end_are_read_and_make_no_name_without_end(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    analysis = analyse(Post("p", text))
    assert all(text[span.start : span.end] == span.text for span in spans(analysis))
    assert all(len(actor.name) <= 160 for actor in analysis.actors)


@pytest.mark.parametrize("text", ["", " \n", "🔥", "...", "\ud83d"])
def test_a_post_without_words_has_nothing_to_quote(text: str) -> None:
    analysis = analyse(Post("p", text))
    assert (analysis.candidates, analysis.actors, analysis.numbers) == ((), (), ())


def test_an_analysis_names_its_post_language_and_version() -> None:
    origin = Origin(OriginKind.CHANNEL, "Reuters")
    analysis = analyse(Post("7", "Пожар в Москве.", datetime(2024, 11, 21, tzinfo=UTC), origin))
    assert (analysis.post, analysis.version, analysis.lang) == ("7", VERSION, "ru")


def test_a_candidate_knows_its_terms_its_place_as_headline_and_its_fitness() -> None:
    headline, lead, question = analyse(Post("p", "Quake hits Rome\nTwelve people were hurt in Rome. Why?")).candidates
    assert headline.headline
    assert not lead.headline
    assert lead.terms == ("twelv", "peopl", "hurt", "rome")
    assert question.weight < lead.weight == 1.0
