"""Companies by their legal forms and their tickers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import ActorKind, Post
from bot.text.actors.companies import know_companies
from bot.text.actors.find import find_actors
from bot.text.actors.names import Name, NameKind, find_names
from bot.text.words.document import read_document


def known(text: str, *names: tuple[str, NameKind]) -> list[tuple[str, str]]:
    """Return the names after those given, at their first places, were looked at."""
    spans = sorted((text.index(surface), surface, kind) for surface, kind in names)
    given_names = [Name(start, start + len(surface), kind) for start, surface, kind in spans]
    found = know_companies(read_document(Post("1", text), "en"), given_names)
    return [(text[name.start : name.end], name.kind) for name in found]


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Shares of Granite Mills Inc. fell on Monday.", "Granite Mills Inc."),
        ("On Friday Lark Corp said it would sell.", "Lark Corp"),
        ("Bayer & Sons Ltd. is for sale.", "Bayer & Sons Ltd."),
        ("Quill Holdings PLC cut its outlook.", "Quill Holdings PLC"),
        ("Lark Brands, Inc, a maker of toys, closed.", "Lark Brands, Inc"),
        ("Tarn Foods (NYSE: TRN) opened a mill.", "Tarn Foods"),
        ("Germany's Krantz GmbH won the order.", "Krantz GmbH"),
    ],
)
def test_a_form_or_a_ticker_makes_a_name_a_companys(text: str, company: str) -> None:
    assert known(text) == [(company, "ORG")]
    assert known(text, (company.split(maxsplit=1)[0], "PER")) == [(company, "ORG")]


def test_a_company_is_one_wherever_it_is_named() -> None:
    text = "Lark Brands Inc. bought a mill. Lark Brands will keep the workers, the mayor said."
    assert known(text) == [("Lark Brands Inc.", "ORG"), ("Lark Brands", "ORG")]


def test_forms_that_are_words_too_only_tell_the_kind() -> None:
    assert known("Tarn Holdings sued.", ("Tarn", "PER")) == [("Tarn Holdings", "ORG")]
    assert known("Tarn Group sued.", ("Tarn Group", "PER")) == [("Tarn Group", "ORG")]
    assert known("The Working Group met.") == []


def test_a_name_begins_with_what_the_model_took_into_it() -> None:
    assert known("The Bank of Tarn Corp. closed.", ("Bank of Tarn", "ORG")) == [("Bank of Tarn Corp.", "ORG")]


def test_whose_company_it_is_stays_another() -> None:
    text = "Olaf Krantz's Tarn Motors Inc. sold two cars."
    assert known(text, ("Olaf Krantz", "PER")) == [("Olaf Krantz", "PER"), ("Tarn Motors Inc.", "ORG")]


def test_tickers_name_nobody() -> None:
    text = "Tarn Foods (NYSE: TRN) opened a mill."
    assert known(text, ("NYSE", "ORG"), ("TRN", "ORG")) == [("Tarn Foods", "ORG")]


def test_the_acronym_behind_the_form_is_the_same_company() -> None:
    document = read_document(
        Post("1", "Granite Mills Inc. (GM2) said GM2 lost money in May. Granite Mills sued."), "en"
    )
    actors = find_actors(document, find_names(document))
    assert [(actor.name, actor.kind) for actor in actors] == [("Granite Mills Inc.", ActorKind.ORGANIZATION)]


@given(
    st.lists(
        st.sampled_from(["Lark", "Inc.", "Corp", "of", "the", "(NYSE: LRK)", "A&B", "&", "sold", ","]), max_size=12
    )
)
def test_names_stay_in_order_and_apart(words: list[str]) -> None:
    document = read_document(Post("1", " ".join(words)), "en")
    found = know_companies(document, find_names(document))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(name.start < name.end for name in found)


def test_a_form_behind_a_comma_makes_no_other_company() -> None:
    text = "Quill Brands, Inc, a maker of toys, closed. Quill Brands said it owed money."
    document = read_document(Post("1", text), "en")
    assert [actor.name for actor in find_actors(document, find_names(document))] == ["Quill Brands, Inc"]
