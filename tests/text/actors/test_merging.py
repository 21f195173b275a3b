"""Actors of several posts are merged."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Actor, ActorKind, Span
from bot.text.actors.find import merge_actors


def actor(
    name: str, key: str, score: float, post: str, *, role: str | None = None, kind: ActorKind = ActorKind.PERSON
) -> Actor:
    span = Span(name, post, 0, len(name))
    return Actor(name, kind, Span(role, post, 20, 20 + len(role)) if role else None, (span,), score, key)


def test_the_same_key_is_one_actor_with_all_mentions_in_order() -> None:
    one = actor("МИД РФ", "мид россия", 0.5, "1", kind=ActorKind.ORGANIZATION)
    other = actor("МИДа РФ", "мид россия", 0.5, "2", kind=ActorKind.ORGANIZATION)
    (merged,) = merge_actors([[one], [other]])
    assert [mention.post for mention in merged.mentions] == ["1", "2"]
    assert merged.score == pytest.approx(0.5)


def test_a_surname_joins_the_only_full_name_that_ends_with_it() -> None:
    full = actor("Никол Пашинян", "никол пашинян", 0.4, "1", role="премьер-министр")
    (merged,) = merge_actors([[actor("Пашинян", "пашинян", 0.8, "2")], [full]])
    assert (merged.name, merged.key) == ("Никол Пашинян", "никол пашинян")
    assert merged.role == full.role


def test_a_surname_of_two_people_joins_neither() -> None:
    posts = [
        [actor("Anna Bush", "anna bush", 0.4, "1"), actor("John Bush", "john bush", 0.4, "1")],
        [actor("Bush", "bush", 0.4, "2")],
    ]
    assert len(merge_actors(posts)) == 3


def test_actors_of_many_posts_come_first() -> None:
    often = [[actor("A", "a", 0.5, str(number))] for number in range(3)]
    merged = merge_actors([*often, [actor("B", "b", 0.8, "9")]])
    assert [one.name for one in merged] == ["A", "B"]


def test_no_posts_have_no_actors() -> None:
    assert merge_actors([]) == ()
    assert merge_actors([[], []]) == ()


def body(name: str, key: str, post: str, score: float = 0.5) -> Actor:
    return actor(name, key, score, post, kind=ActorKind.ORGANIZATION)


def names_of(*actors: Actor) -> set[str]:
    return {one.name for one in merge_actors([[one] for one in actors])}


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (("Юн Сок Ёля", "юный сок еля"), ("Юн Сок Ёль", "юный сок ель"), "Юн Сок Ёль"),
        (("Вон Сик", "вон сик"), ("У Вон Сик", "у вон сик"), "У Вон Сик"),
        (("Сергеем Лавровым", "сергей лавров"), ("Сергей Лавров", "сергей лавров"), "Сергей Лавров"),
        (("Маурицио Каттеланом", "маурицио каттелан"), ("Каттелан", "каттелана"), "Каттелан"),
        (("С. Лавров", "с лавров"), ("Сергей Лавров", "сергей лавров"), "Сергей Лавров"),
        (("Лавров Сергей", "лавров сергей"), ("Сергей Лавров", "сергей лавров"), "Лавров Сергей"),
        (("В. Лавров", "в лавров"), ("Сергей Лавров", "сергей лавров"), None),
        (("Александр Орлов", "александр орлов"), ("Александра Орлова", "александра орлов"), None),
        (("Билл Клинтон", "билл клинтон"), ("Хиллари Клинтон", "хиллари клинтон"), None),
    ],
)
def test_a_person_is_one_in_all_posts_however_the_dictionary_guesses(
    one: tuple[str, str], other: tuple[str, str], shown: str | None
) -> None:
    names = names_of(actor(*one, 0.5, "1"), actor(*other, 0.5, "2"))
    assert names == ({shown} if shown else {one[0], other[0]})


def test_an_organisation_is_one_with_and_without_its_state_if_it_is_the_only_one() -> None:
    here, there = (
        body("Минобороны РФ", "министерство оборона россия", "1"),
        body("Минобороны", "министерство оборона", "2"),
    )
    assert names_of(here, there) == {"Минобороны РФ"}
    elsewhere = body("Минобороны Британии", "министерство оборона великобритания", "3")
    assert len(names_of(here, there, elsewhere)) == 3


def test_a_part_of_an_organisation_is_another() -> None:
    assert (
        len(
            names_of(
                body("Госдума", "государственный дума", "1"),
                body("комитет Госдумы", "комитет государственный дума", "2"),
            )
        )
        == 2
    )


def test_an_acronym_alone_is_what_another_post_calls_in_full() -> None:
    full = body("Международный уголовный суд", "международный уголовный суд", "1")
    full = replace(full, mentions=(*full.mentions, Span("МУС", "1", 40, 43)))
    assert names_of(full, body("МУС", "мус", "2")) == {"Международный уголовный суд"}


def test_a_capital_is_listed_once_whether_it_stands_for_the_state_or_not() -> None:
    state = actor("Москва", "state:RU", 0.5, "1", kind=ActorKind.STATE)
    (merged,) = merge_actors([[state], [actor("Москву", "москва", 0.4, "2", kind=ActorKind.STATE)]])
    assert merged.name == "Москва"
    assert len(merged.mentions) == 2


def test_many_sources_count_more_than_many_posts_of_one() -> None:
    groups = [[actor("A", "a", 0.5, str(post))] for post in range(3)] + [
        [actor("B", "b", 0.5, str(post))] for post in range(3)
    ]
    merged = merge_actors(groups, ["one", "two", "three", "one", "one", "one"])
    assert [one.name for one in merged] == ["A", "B"]
    assert merged[0].score == pytest.approx(1.5 / 2.5)
    assert merged[1].score == pytest.approx((0.5 + 0.5 / 2 + 0.5 / 3) / (1 + 0.5 + 0.5 / 2 + 0.5 / 3))


def test_the_actors_of_one_post_stay_as_they_are() -> None:
    alone = (actor("A", "a", 0.9, "1"), actor("B", "b", 0.3, "1"))
    assert merge_actors([alone]) == alone


def test_the_role_shown_stands_in_the_nominative() -> None:
    oblique = actor("Игоря Мишина", "игорь мишин", 0.9, "1", role="организаторов вечеринки")
    plain = actor("Игорь Мишин", "игорь мишин", 0.4, "2", role="вице-президент МТС")
    (merged,) = merge_actors([[oblique], [plain]])
    assert (merged.name, merged.role) == ("Игорь Мишин", plain.role)


KEYS = st.lists(
    st.sampled_from(["юный", "сок", "ель", "в", "путин", "иван", "орлов", "сша", "мид", "россия", "гу"]), max_size=4
)
ACTORS = st.builds(
    lambda words, kind, score: actor(" ".join(words).title() or "?", " ".join(words), score, "1", kind=kind),
    KEYS,
    st.sampled_from(ActorKind),
    st.floats(0.01, 0.99),
)


@given(st.lists(st.lists(ACTORS, max_size=4), min_size=2, max_size=5))
def test_merging_loses_no_mention_and_shows_names_that_stand_there(groups: list[list[Actor]]) -> None:
    merged = merge_actors(groups, ["one", "two"] * 3)
    assert sum(len(one.mentions) for one in merged) == sum(map(len, groups))
    assert list(merged) == sorted(merged, key=lambda one: -one.score)
    for one in merged:
        assert 0 < one.score < 1
        assert one.name in {mention.text for mention in one.mentions}
