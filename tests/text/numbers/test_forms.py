import pytest

from bot.posts import NumberKind
from tests.text.numbers.reading import numbers, only


@pytest.mark.parametrize(
    ("text", "lang", "value", "unit", "kind"),
    [
        ("A six-week search ended.", "en", 6, "week", NumberKind.DURATION),
        ("A new 70-nanometer process began.", "en", 70, "nanometer", NumberKind.MEASURE),
        ("The six-party talks stalled.", "en", 6, "party", NumberKind.COUNT),
        ("A 25-year-old man died.", "en", 25, "years", NumberKind.AGE),
        ("A two-month-old baby died.", "en", 2, "months", NumberKind.AGE),
        ("Sales doubled.", "en", 2, "times", NumberKind.COUNT),
        ("It is twice as fast.", "en", 2, "times", NumberKind.COUNT),
        ("Погиб 60-летний мужчина.", "ru", 60, "лет", NumberKind.AGE),
        ("Погиб двадцатипятилетний водитель.", "ru", 25, "лет", NumberKind.AGE),
        ("Спасли двухлетнего малыша.", "ru", 2, "лет", NumberKind.AGE),
        ("Спасли пятимесячную дочь.", "ru", 5, "месяцев", NumberKind.AGE),
        ("У него 25-летний стаж.", "ru", 25, "лет", NumberKind.DURATION),
        ("Отметили 30-летие театра.", "ru", 30, "лет", NumberKind.DURATION),
        ("Начался шестимесячный курс.", "ru", 6, "месяцев", NumberKind.DURATION),
        ("Ввели 20-процентную пошлину.", "ru", 20, "%", NumberKind.PERCENT),
        ("Число выросло вдвое.", "ru", 2, "раза", NumberKind.COUNT),
        ("Выпуск должен удвоиться.", "ru", 2, "раза", NumberKind.COUNT),
    ],
)
def test_one_word_may_hold_a_number_and_its_unit(
    text: str, lang: str, value: float, unit: str, kind: NumberKind
) -> None:
    number = only(text, lang)
    assert (number.value, number.unit, number.kind) == (value, unit, kind)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("A one-off two-way five-star deal.", "en"),
        ("Well-known, old-fashioned people.", "en"),
        ("Загорелся пятиэтажный дом.", "ru"),
        ("Его фирма «Двухметровый Маркетинг» закрыта.", "ru"),
        ("Добыта миллиардная тонна.", "ru"),
        ("К концу десятилетия он станет рекордным за столетие.", "ru"),
    ],
)
def test_other_compounds_are_none(text: str, lang: str) -> None:
    assert numbers(text, lang) == []
