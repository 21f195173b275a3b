"""Names and actors in languages that no model was trained for."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Actor, Post
from bot.text.actors.find import find_actors
from bot.text.actors.foreign.find import adapt_names
from bot.text.actors.names import find_names
from bot.text.words.document import read_document

TEXTS = Path(__file__).parents[2] / "data" / "actors" / "foreign.jsonl"


def actors_of(text: str, lang: str) -> dict[str, Actor]:
    document = read_document(Post("1", text), lang)
    return {actor.name: actor for actor in find_actors(document, find_names(document))}


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        (
            "de",
            "Deutschland will mehr mit Frankreich arbeiten. Das sagte Friedrich Merz, als er Emmanuel Macron traf.",
            {"Friedrich Merz", "Deutschland"},
        ),
        (
            "fr",
            "Le président Emmanuel Macron a rencontré à Paris Friedrich Merz. Macron a déclaré que la France coopère.",
            {"Emmanuel Macron", "Friedrich Merz", "France"},
        ),
        (
            "es",
            "Pedro Sánchez vio a Emmanuel Macron. España apoyará a Francia. El Partido Popular criticó la visita.",
            {"Pedro Sánchez", "Emmanuel Macron", "España", "Partido Popular"},
        ),
        (
            "uk",
            "Президент України Володимир Зеленський зустрівся з Емманюелем Макроном. Зеленський подякував за допомогу.",
            {"Володимир Зеленський", "Емманюелем Макроном"},
        ),
        (
            "bg",
            "Премиерът на България Росен Желязков се срещна с колегите си. Желязков каза, че България ще спечели.",
            {"Росен Желязков", "България"},
        ),
        ("hy", "Հայաստանի վարչապետ Նիկոլ Փաշինյանը հանդիպել է Վլադիմիր Պուտինի հետ։", {"Նիկոլ Փաշինյանը"}),
        ("ar", "التقى الرئيس عبد الفتاح السيسي نظيره في القاهرة. وقال السيسي إن مصر تدعم السلام.", {"مصر"}),
        ("zh", "中国国家主席习近平在北京会见了法国总统马克龙。", set()),
    ],
)
def test_other_languages_are_read_by_their_capitals_and_the_names_of_states(
    lang: str, text: str, names: set[str]
) -> None:
    assert names <= set(actors_of(text, lang))


def test_a_surname_is_the_person_named_in_full_in_any_language() -> None:
    actor = actors_of("Friedrich Merz hat gesprochen. Merz sagte, dass er nach Wien reist.", "de")["Friedrich Merz"]
    assert [mention.text for mention in actor.mentions] == ["Friedrich Merz", "Merz"]


def test_news_of_twelve_languages_yield_their_actors_and_few_others() -> None:
    tally: Counter[str] = Counter()
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        found = set(actors_of(text["text"], text["lang"]))
        wanted = [set(forms.split("|")) for forms in text["actors"]]
        tally["right"] += sum(not found.isdisjoint(forms) for forms in wanted)
        tally["wanted"] += len(wanted)
        tally["found"] += len(found - set(text["may"]))
    assert tally["right"] >= 0.92 * tally["wanted"]
    assert tally["right"] >= 0.95 * tally["found"]


def test_german_nouns_are_no_actors() -> None:
    text = "Am Dienstagmorgen ist ein Frachter gegen ein Tor gefahren. Nach Angaben der Polizei entstand ein Schaden."
    assert set(actors_of(text, "de")) <= {"Polizei"}


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("de", "Nach dem Brand sprach Oberbürgermeister Sören Link mit dem Konzern Vonovia SE.", {"Sören Link"}),
        ("de", "Die SPD klagt. Das Amtsgericht Rastatt entscheidet über die Reederei.", {"SPD", "Amtsgericht Rastatt"}),
        ("es", "Según la Oficina Nacional de Emergencias, hay daños.", {"Oficina Nacional de Emergencias"}),
        ("fr", "L'Agence régionale de santé analyse l'air.", {"Agence régionale de santé"}),
        ("it", "Il leader della Lega Matteo Salvini chiede le dimissioni.", {"Matteo Salvini"}),
        ("pl", "Tymczasem Niemcy odesłały migrantów.", {"Niemcy"}),
        ("uk", "Близько 40 тисяч родин без світла. Польща допоможе.", {"Польща"}),
        ("bg", "Европейската комисия одобри бюджета.", {"Европейската комисия"}),
        ("tr", "Vali Vasip Şahin açıklama yaptı. Ankara'da tören var.", {"Vasip Şahin"}),
        (
            "hy",
            "Վարչապետ Նիկոլ Փաշինյանը մեկնել է։ Ընդդիմադիր «Հայաստան» խմբակցությունը դեմ է։",
            {"Նիկոլ Փաշինյանը", "Հայաստան"},
        ),
        ("zh", "俄罗斯和乌克兰会谈。联合国呼吁停火。", {"俄罗斯", "乌克兰", "联合国"}),
    ],
)
def test_a_name_begins_and_ends_where_it_should(lang: str, text: str, names: set[str]) -> None:
    found = set(actors_of(text, lang))
    assert names <= found
    assert all(name in names or not any(part in name for part in names) for name in found)


@given(
    st.text(alphabet="AÉñ ßЇї.,-'«»()\n1İ中国مصر", max_size=80) | st.text(max_size=60),
    st.sampled_from(["uk", "bg", "de", "fr", "es", "hy", "ar", "zh", "xx"]),
)
def test_adapted_names_are_in_order_and_apart_whatever_the_text(text: str, lang: str) -> None:
    document = read_document(Post("1", text), lang)
    last = 0
    for name in adapt_names(document, find_names(document)):
        assert last <= name.start < name.end <= len(document.text)
        last = name.end
    find_actors(document, find_names(document))
