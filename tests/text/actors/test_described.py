"""Actors that are described instead of named."""

import pytest

from bot.posts import Post
from bot.text.actors.described import find_described
from bot.text.actors.mentions import Mention
from bot.text.words.document import read_document


def described(text: str) -> list[tuple[str, str, str | None]]:
    document = read_document(Post("1", text))
    return [(text[one.start : one.end], one.kind, one.state) for one in find_described(document, ())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rain fell while the Lebanese government met.", ("Lebanese government", "GPE", "LB")),
        ("A Kenyan court jailed them.", ("Kenyan court", "ORG", "KE")),
        ("The Korean fair trade regulator fined it.", ("Korean fair trade regulator", "ORG", "KR")),
        ("The North Korean army fired.", ("North Korean army", "ORG", "KP")),
        ("Five Somali pirates were jailed.", ("Somali pirates", "NORP", "SO")),
        ("Британские власти против.", ("Британские власти", "GPE", "GB")),
        ("Как сообщила украинская разведка, всё тихо.", ("украинская разведка", "ORG", "UA")),
        ("Ранее сомалийские пираты захватили судно.", ("сомалийские пираты", "NORP", "SO")),
    ],
)
def test_the_adjective_of_a_state_names_its_bodies_and_groups(text: str, found: tuple[str, str, str]) -> None:
    assert described(text) == [found]


@pytest.mark.parametrize("text", ["A French judge in court.", "Russian food is good.", "The British are coming."])
def test_other_words_after_the_adjective_name_nobody(text: str) -> None:
    assert described(text) == []


def test_a_company_is_named_in_quotation_marks_after_its_legal_form() -> None:
    assert described("Директор ПАО «Яковлев» ушёл.") == [("Яковлев", "ORG", None)]


@pytest.mark.parametrize(
    ("text", "leader", "government"),
    [
        ("The Obama administration wrote back.", "Obama", "Obama administration"),
        ("Против выступила администрация Трампа.", "Трампа", "администрация Трампа"),
    ],
)
def test_a_government_may_go_by_who_leads_it(text: str, leader: str, government: str) -> None:
    start = text.index(leader)
    (found,) = find_described(read_document(Post("1", text)), [Mention(start, start + len(leader), "PER", 0.9)])
    assert (text[found.start : found.end], found.kind) == (government, "GPE")
