import pytest

from tests.text.numbers.reading import numbers, only


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("At least 82 nuclear weapons exist.", "nuclear weapons"),
        ("Police held 40 other militants.", "militants"),
        ("They held ten United States nationals.", "United States nationals"),
        ("They sent 1,200 Texas National Guard troops.", "Texas National Guard troops"),
        ("There were 14 Israelis among them.", "Israelis"),
        ("The crash left two dead.", "dead"),
        ("Twelve people died.", "people"),
        ("They saw over 1,000 common carp.", "common carp"),
        ("They voted for 46 Members of Parliament.", "Members"),
        ("Shas has 12 MKs.", "MKs"),
        ("Two others were hurt.", "others"),
        ("The ship lost 16 crew members.", "crew members"),
        ("They sent 90 special forces troops.", "special forces troops"),
        ("A third of violent or abusive incidents were told.", "violent or abusive incidents"),
        ("Over 900 search and rescue personnel came.", "search and rescue personnel"),
        ("The ship carries 40 crew and passengers.", "crew"),
        ("It will train 2,000 more soldiers.", "soldiers"),
        ("Nearly half of the country's hospitals closed.", "hospitals"),
        ("The city lost a fifth of its population.", "population"),
    ],
)
def test_english_nouns(text: str, unit: str) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Сбили 32 украинских БПЛА.", "БПЛА"),
        ("Ударили пятью американскими ракетами.", "ракетами"),
        ("Лечат трёх пострадавших детей.", "детей"),
        ("Сгорели две пожарные машины.", "машины"),
        ("Внесли 100 физических и юридических лиц.", "лиц"),
        ("Ранены двое военных.", "военных"),
        ("Открыли 30 традиционно мужских профессий.", "профессий"),
        ("Без света 109 сел остаются второй день.", "сел"),
        ("Выступят 15 «восходящих звёзд».", "звёзд"),
        ("Насчитали 77 долларовых миллиардеров.", "миллиардеров"),
        ("Освободили 90 палестинских заключённых.", "заключённых"),
        ("Скопилось свыше тысячи грузовиков.", "грузовиков"),
        ("Потеряли 90 тысяч убитых и раненых.", "убитых"),
        ("Отравились около полусотни детей.", "детей"),
        ("Собрали полмиллиона подписей.", "подписей"),
    ],
)
def test_russian_nouns(text: str, unit: str) -> None:
    assert only(text, "ru").unit == unit


@pytest.mark.parametrize(
    "text", ["Он учится в 5 классе.", "Его привезли в 8 отряд.", "Она заняла 1 место.", "Горит 21 этаж."]
)
def test_a_russian_noun_in_the_singular_is_not_counted_but_numbered(text: str) -> None:
    assert numbers(text, "ru") == []
