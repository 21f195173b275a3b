"""What is no actor, though its name looks like one."""

import pytest

from bot.posts import Post
from bot.text.actors.mentions import Mention
from bot.text.actors.names import NameKind
from bot.text.actors.things import leave_out_things
from bot.text.words.document import read_document


def left(text: str, *names: str, kind: NameKind = "ORG") -> list[str]:
    """Return which of these names, at their first places, are not left out."""
    document = read_document(Post("1", text))
    spots = sorted((document.text.index(name), name) for name in names)
    mentions = [Mention(start, start + len(name), kind, 1.0) for start, name in spots]
    return [document.text[one.start : one.end] for one in leave_out_things(document, mentions)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The probe, entitled Morning Glory, left for Mars on Friday.", "Morning Glory", "PER"),
        ("Critics liked the film 'Paper Boats' very much.", "Paper Boats", "ORG"),
        ("The ferry Baltic Wind ran aground near the port.", "Baltic Wind", "ORG"),
        ("Tropical Storm Danielle weakened overnight.", "Danielle", "PER"),
        ("She received the Turing Award in June.", "Turing Award", "ORG"),
        ("Зрители полюбили сериал «Тихая гавань» сразу.", "Тихая гавань", "ORG"),
        ("Удар нанесли ракетой «Искандер», сообщили военные.", "Искандер", "ORG"),
        ("Он снялся в сериалах «Граница. Лето», «Берег» и «Тихая гавань» в детстве.", "Тихая гавань", "ORG"),
        ("Движение закрыли на трассе М-7 «Волга» до вечера.", "Волга", "ORG"),
        ("Депутат пришёл в футболке с надписью «Ясное небо».", "Ясное небо", "ORG"),
        ("Вестибюль станции «Озёрная» откроют осенью.", "Озёрная", "ORG"),
        ("Доход по вкладу «Зимний запас» вырос.", "Зимний запас", "ORG"),
        ("Вечером наступит День знаний, занятий нет.", "День знаний", "ORG"),
        ("Корабль ушёл в воды Тихого океана утром.", "Тихого океана", "ORG"),
        ("Школьники сдали ОГЭ по математике.", "ОГЭ", "ORG"),
        ("Снимок сохранили как JPEG и отправили.", "JPEG", "ORG"),
        ("The page was written in HTML by hand.", "HTML", "ORG"),
        ("Ночью упала опора ЛЭП у дороги.", "ЛЭП", "ORG"),
    ],
)
def test_what_the_text_calls_a_thing_is_no_actor(text: str, name: str, kind: NameKind) -> None:
    assert left(text, name, kind=kind) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("In the film Smith plays a nurse.", "Smith", "PER"),
        ("The film 'Charlie Wilson's War' is about him.", "Charlie Wilson", "PER"),
        ("Search giant Google bought it.", "Google", "ORG"),
        ("Лось ворвался в автосалон «БМВ» в Швеции.", "БМВ", "ORG"),
        ("В Сочи сел самолёт «Победы» с пассажирами.", "Победы", "ORG"),
        ("Пассажиры рейса 417 «Победы» ждали утра.", "Победы", "ORG"),
        ("Фильм Петрова вышел в прокат.", "Петрова", "PER"),
        ("The Bridge Street Bank failed.", "Bridge Street Bank", "ORG"),
    ],
)
def test_whoever_makes_or_plays_a_thing_may_act(text: str, name: str, kind: NameKind) -> None:
    assert left(text, name, kind=kind) == [name]


def test_a_thing_is_one_wherever_it_is_named_and_by_a_part_of_its_name_too() -> None:
    text = "Night Heron sank at noon. The ferry Night Heron was new. Divers searched the Heron for hours."
    spots = [(0, "Night Heron"), (text.index("ferry ") + 6, "Night Heron"), (text.index("the Heron") + 4, "Heron")]
    mentions = [Mention(start, start + len(name), "ORG", 1.0) for start, name in spots]
    assert leave_out_things(read_document(Post("1", text)), mentions) == []


def test_a_word_that_ends_somebody_elses_name_is_left() -> None:
    text = "Heron was questioned. Anna Heron, the captain of the ferry Night Heron, survived."
    assert left(text, "Heron", "Anna Heron", "Night Heron") == ["Heron", "Anna Heron"]


@pytest.mark.parametrize(
    "text",
    [
        "He wrote it on Twitter.",
        "The Telegram channel told it.",
        "She used her Facebook page.",
        "Он написал это в Telegram.",
    ],
)
def test_a_network_that_somebody_only_publishes_in_is_no_actor(text: str) -> None:
    name = next(name for name in ("Twitter", "Telegram", "Facebook") if name in text)
    assert left(text, name) == []


def test_a_network_that_does_something_itself_is_one() -> None:
    assert left("Facebook said it had deleted the page.", "Facebook") == ["Facebook"]
    assert left("Telegram удалил канал.", "Telegram") == ["Telegram"]
