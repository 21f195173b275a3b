"""Actors of several posts are merged."""

from bot.posts import Actor, ActorKind, Span
from bot.text.actors import merge_actors


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
    assert merged.score == 0.75


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
