"""Actors: who acts in a post, under which names, in which role, and how much they matter."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Actor, ActorKind, Origin, OriginKind, Post
from bot.text.actors.find import find_actors
from bot.text.actors.mentions import join_names
from bot.text.actors.names import Name, find_names
from bot.text.words.document import read_document

SEED = Path(__file__).parents[2] / "data" / "seed.txt"


def actors_of(text: str, source: str | None = None, lang: str | None = None) -> tuple[Actor, ...]:
    origin = Origin(OriginKind.CHANNEL, source) if source else None
    document = read_document(Post("1", text, origin=origin), lang)
    return find_actors(document, find_names(document))


def by_name(text: str, source: str | None = None) -> dict[str, Actor]:
    return {actor.name: actor for actor in actors_of(text, source)}


def surfaces(actor: Actor) -> list[str]:
    return [mention.text for mention in actor.mentions]


def role_of(actor: Actor) -> str | None:
    return actor.role.text if actor.role else None


def test_the_typical_post_yields_its_actors_among_the_first_eight() -> None:
    first = {actor.name: actor for actor in actors_of(SEED.read_text(encoding="utf-8"))[:8]}
    assert {
        "Security Council of the Nagorno-Karabakh Republic",
        "Vladimir Putin",
        "Nikol Pashinyan",
        "Sergei Shoigu",
        "Suren Papikyan",
        "Armenian Foreign Ministry",
    } <= set(first)
    assert role_of(first["Nikol Pashinyan"]) == "Armenian Prime Minister"
    assert first["Nikol Pashinyan"].kind is ActorKind.PERSON
    assert first["Armenian Foreign Ministry"].kind is ActorKind.ORGANIZATION


def test_a_surname_and_all_its_cases_are_one_actor() -> None:
    found = by_name("Никол Пашинян прибыл в Москву. Пашиняна встретил Сергей Лавров. Лавров поблагодарил Пашиняна.")
    assert surfaces(found["Никол Пашинян"]) == ["Никол Пашинян", "Пашиняна", "Пашиняна"]
    assert surfaces(found["Сергей Лавров"]) == ["Сергей Лавров", "Лавров"]


def test_a_state_its_cases_its_capital_and_its_government_are_one_actor() -> None:
    found = by_name("Россия ответила на ноту. В Кремле заявили, что ответ России окончателен. Москва ждёт.")
    assert surfaces(found["Россия"]) == ["Россия", "Кремле", "России", "Москва"]
    (actor,) = (
        one
        for one in actors_of("The Lebanese government resigned. Lebanon said it would vote.")
        if one.key == "state:LB"
    )
    assert surfaces(actor) == ["Lebanese government", "Lebanon"]
    assert actor.kind is ActorKind.STATE


def test_a_capital_where_something_happens_is_not_its_state() -> None:
    (russia,) = (one for one in actors_of("Россия ответила на ноту. В Москве выпал снег.") if one.key == "state:RU")
    assert surfaces(russia) == ["Россия"]


def test_an_acronym_is_the_organisation_that_it_stands_for() -> None:
    found = by_name("The World Health Organization (WHO) warned on Monday. The WHO said cases were rising.")
    assert surfaces(found["World Health Organization"]) == ["World Health Organization", "WHO", "WHO"]


def test_what_begins_with_an_acronym_is_another_organisation() -> None:
    found = by_name("UEFA fined the club. The UEFA Champions League begins on Tuesday, said UEFA.")
    assert surfaces(found["UEFA"]) == ["UEFA", "UEFA"]


def test_the_last_words_of_an_organisation_mean_it() -> None:
    found = by_name("The Italian Supreme Court of Cassation ruled on Monday. The Supreme Court said schools must pay.")
    assert len(found["Italian Supreme Court of Cassation"].mentions) == 2


def test_a_russian_institution_is_one_with_the_body_that_it_belongs_to() -> None:
    found = by_name("Награду вручил ректор Финансового университета при правительстве РФ Станислав Прокофьев.")
    assert "Финансового университета при правительстве РФ" in found


def test_a_word_with_humps_is_a_name_whether_known_or_not() -> None:
    assert (
        by_name("The French survey provider XiTiMonitor reports a rise.")["XiTiMonitor"].kind is ActorKind.ORGANIZATION
    )


def test_short_forms_inside_of_names_are_spelled_out() -> None:
    found = by_name("The United Nations Security Council voted on Friday. The UN Security Council has 15 members.")
    assert len(found["United Nations Security Council"].mentions) == 2


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Armenian Prime Minister Nikol Pashinyan spoke.", "Nikol Pashinyan", "Armenian Prime Minister"),
        ("Suren Papikyan, the Armenian defence minister, spoke.", "Suren Papikyan", "Armenian defence minister"),
        ("Об этом заявил премьер-министр Армении Никол Пашинян.", "Никол Пашинян", "премьер-министр Армении"),
        (
            "Губернатор Белгородской области Вячеслав Гладков сообщил об атаке.",
            "Вячеслав Гладков",
            "Губернатор Белгородской области",
        ),
    ],
)
def test_a_title_beside_the_name_is_the_role(text: str, name: str, role: str) -> None:
    assert role_of(by_name(text)[name]) == role


def test_a_place_where_something_happens_ranks_below_who_acts() -> None:
    found = actors_of("Прокуратура Москвы проверит школу. Об этом сообщила РИА Новости из Казани.")
    assert "Казани" not in [actor.name for actor in found]
    scores = {
        actor.name: actor.score for actor in actors_of("France accused Israel of a strike near Beirut on Monday.")
    }
    assert "Beirut" not in scores
    assert "France" in scores


def test_a_state_that_something_comes_from_is_not_told_of() -> None:
    text = "Полиция задержала водителя фуры, который вёз груз без документов. Внутри нашли сыр из Польши и вина Италии."
    assert actors_of(text) == ()
    assert actors_of("Вина Италии подорожали.")


def test_a_place_that_no_list_has_is_no_person() -> None:
    text = "Водители трамваев в Липове объявили забастовку. Мэр Липова Елена Варга сказала, что будет мир."
    assert [(actor.name, role_of(actor)) for actor in actors_of(text)] == [("Елена Варга", "Мэр Липова")]
    assert by_name("В Совфеде предложили запретить вейпы.")


def test_the_publishing_channel_is_no_actor() -> None:
    text = "По данным SHOT, задержан Иван Петров. Подробности расскажет SHOT."
    assert "SHOT" in by_name(text)
    assert "SHOT" not in by_name(text, source="SHOT")
    assert "Иван Петров" in by_name(text, source="SHOT")


def test_peoples_are_nobody_in_particular() -> None:
    assert not actors_of("Большинство россиян чувствуют себя счастливыми.")
    assert not actors_of("Москвичей предупреждают о гололёде.")


def test_the_name_is_the_fullest_in_the_nominative() -> None:
    (actor,) = (
        one
        for one in actors_of("Владимира Путина ждали. Владимир Путин прилетел. ПУТИН!")
        if one.kind is ActorKind.PERSON
    )
    assert actor.name == "Владимир Путин"


def test_the_key_is_the_same_in_another_post_and_case() -> None:
    (one,) = actors_of("Газпром снизил добычу газа.")
    (other,) = actors_of("Акции Газпрома выросли на бирже.")
    assert one.key == other.key == "газпром"


@given(
    st.lists(
        st.sampled_from(
            ["Путин", "МИД", "России", "в", "the US", "**", ". ", "\n", "(EU)", "Reuters", "said", "«", "»"]
        ),
        max_size=25,
    ).map(" ".join)
    | st.text(max_size=50),
    st.sampled_from(["en", "ru", "uk", "fr"]),
)
def test_actors_are_verbatim_and_best_first_whatever_the_text(text: str, lang: str) -> None:
    actors = actors_of(text, lang=lang)
    assert list(actors) == sorted(actors, key=lambda actor: -actor.score)
    for actor in actors:
        assert 0 < actor.score < 1
        assert actor.name in surfaces(actor)
        spans = [*actor.mentions, *([actor.role] if actor.role else [])]
        assert all(text[span.start : span.end] == span.text for span in spans)
    starts = [mention.start for actor in actors for mention in actor.mentions]
    assert len(starts) == len(set(starts))


def test_a_first_name_that_is_also_a_city_belongs_to_the_surname_after_it() -> None:
    found = by_name("Футболистка София Стельмахова пострадала от мошенников. Стельмахова обратилась в полицию.")
    assert surfaces(found["София Стельмахова"]) == ["София Стельмахова", "Стельмахова"]


def test_a_company_is_named_by_what_stands_in_quotes_after_its_legal_form() -> None:
    assert "Яковлев" in by_name("Генеральный директор ПАО «Яковлев» Андрей Богинский покидает пост.")
    assert "ПАО" not in by_name("Генеральный директор ПАО «Яковлев» Андрей Богинский покидает пост.")


def test_a_name_that_ends_in_an_office_leaves_nothing_after_it() -> None:
    assert "Башар Асад" in by_name("Башар Асад говорил с Турцией. Подписаться Иранский министр не привез письма.")


def test_a_state_that_only_says_of_where_somebody_is_comes_after_him() -> None:
    text = "U.S. novelist Harold Ferris dies\nThe U.S. novelist Harold Ferris died in a U.S. hospital on Monday."
    assert next(iter(by_name(text))) == "Harold Ferris"


def test_a_party_in_brackets_is_nobody() -> None:
    assert set(by_name("Gov. Jerry Brown (D) spoke on Saturday of the fires.")) == {"Jerry Brown"}


def test_who_holds_an_office_of_a_state_is_no_organisation() -> None:
    document = read_document(Post("1", "Встретились и президента России ждали."))
    mentions = join_names(document.text, [Name(12, 12 + len("и президента России"), "ORG")])
    assert [(document.text[one.start : one.end], one.kind) for one in mentions] == [("России", "GPE")]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Сбербанка Царёв", "Царёв"),
        ("Эрмитажа Иван Орлов", "Иван Орлов"),
        ("Ивана Орлова", "Ивана Орлова"),
        ("У Тин", "У Тин"),
    ],
)
def test_a_person_is_not_what_he_is_of(name: str, own: str) -> None:
    text = f"Зампред {name} ответил."
    (mention,) = join_names(text, [Name(8, 8 + len(name), "PER")])
    assert text[mention.start : mention.end] == own
