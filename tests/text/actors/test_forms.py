"""The form of a name that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import ActorKind
from bot.text.actors.forms import choose_form, nominative

PERSON, BODY, STATE = ActorKind.PERSON, ActorKind.ORGANIZATION, ActorKind.STATE


@pytest.mark.parametrize(
    ("forms", "kind", "best"),
    [
        (["Сергеем Лавровым", "Лаврова", "Сергей Лавров", "Лавров"], PERSON, "Сергей Лавров"),
        (["Сергеем Лавровым", "Лавров"], PERSON, "Лавров"),
        (["Марии Захаровой", "Мария Захарова", "Захарова"], PERSON, "Мария Захарова"),
        (["Юн Сок Ёля", "Юн Сок Ёль"], PERSON, "Юн Сок Ёль"),
        (["Маурицио Каттелана", "Маурицио Каттелан", "Маурицио Каттеланом"], PERSON, "Маурицио Каттелан"),
        (["Галланта", "Йоава Галланта"], PERSON, "Йоава Галланта"),
        (["МУС", "Международного уголовного суда", "Международный уголовный суд"], BODY, "Международный уголовный суд"),
        (["Банка России", "Банк России"], BODY, "Банк России"),
        (["Минфина США", "Минфин США"], BODY, "Минфин США"),
        (["российские власти", "России", "Москва", "Россия"], STATE, "Россия"),
        (["РФ", "РФ", "России", "России", "Россия"], STATE, "Россия"),
        (["МЧС", "ГУ МЧС", "МЧС"], BODY, "МЧС"),
        (["Америка", "США", "США", "Белый дом"], STATE, "США"),
        (["Nikol Pashinyan", "Pashinyan"], PERSON, "Nikol Pashinyan"),
    ],
)
def test_a_name_is_shown_in_the_nominative_and_in_full(forms: list[str], kind: ActorKind, best: str) -> None:
    assert choose_form(forms, kind) == best
    assert choose_form(reversed(forms), kind) == best


def test_a_town_in_oblique_cases_is_shown_as_it_stands_most_often() -> None:
    assert choose_form(["Москве", "Москву", "Москву"], STATE) == "Москву"


@given(
    st.lists(st.text(alphabet="аяьйЁПB 1.«»-", min_size=1).filter(str.strip), min_size=1), st.sampled_from(ActorKind)
)
def test_the_chosen_form_is_one_of_the_given_whatever_they_are(forms: list[str], kind: ActorKind) -> None:
    assert choose_form(forms, kind) in forms
    assert all(nominative(form, kind) in (0, 1, 2) for form in forms)
