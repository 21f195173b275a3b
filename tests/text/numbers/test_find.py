"""Properties that hold for every text, in every language."""

import json
import math
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.posts import Number, Post, Qualifier
from bot.text.numbers import find_numbers
from bot.text.words.document import read_document
from tests.text import strategies
from tests.text.numbers.reading import numbers, values

_BANK = Path(__file__).parents[2] / "data" / "numbers" / "recognizers_en.jsonl"
# Pieces of numbers in every order that nobody would write.
_PIECES = (
    *(
        "1",
        "23",
        "1,234",
        "12.5",
        "2024",
        "19:30",
        "½",
        "²",
        "٣",
        "3rd",
        "-",
        "–",
        "—",
        "/",
        "%",
        "$",
        "€",
        "₽",
        "+",
        "°C",
    ),
    *(
        "from",
        "to",
        "and",
        "of",
        "half",
        "a",
        "the",
        "about",
        "at least",
        "one",
        "two-thirds",
        "twenty-five",
        "million",
    ),
    *(
        "people",
        "years old",
        "km",
        "May",
        "ago",
        "killed",
        "vote",
        "от",
        "до",
        "около",
        "два",
        "две трети",
        "полмиллиона",
    ),
    *(
        "60-летний",
        "тыс.",
        "млн",
        "руб.",
        "человек",
        "раза",
        "лет",
        "января",
        "№",
        "погибли",
        "было",
        ",",
        ".",
        "(",
        "\n",
    ),
)
pieces = st.lists(st.sampled_from(_PIECES), max_size=25)
scraps = st.one_of(pieces.map(" ".join), pieces.map("".join))
texts = st.one_of(strategies.posts, scraps)
# Digits, fractions, letters for numbers of any script, between units and signs.
numerals = st.characters(categories=["Nd", "Nl", "No"])
signs = st.sampled_from([" ", ".", ",", "-", "%", "$", " km", " people", "e", "/"])
digits = st.lists(st.one_of(numerals, signs)).map("".join)
languages = st.sampled_from(["en", "ru", "uk", "de", "fr", "pl", "tr", "hy", "zh", "ja", "ar", "cues", "../x", ""])


def found(text: str, lang: str) -> tuple[Number, ...]:
    return find_numbers(read_document(Post("p", text), lang))


@settings(deadline=None)
@given(texts, languages)
def test_numbers_and_what_they_count_are_quoted_word_for_word(text: str, lang: str) -> None:
    for number in found(text, lang):
        for span in filter(None, (number.span, number.about)):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text


@settings(deadline=None)
@given(texts, languages)
def test_numbers_do_not_overlap_and_stay_in_their_line(text: str, lang: str) -> None:
    document = read_document(Post("p", text), lang)
    ordered = sorted(find_numbers(document), key=lambda number: number.span.start)
    assert all(one.span.end <= two.span.start for one, two in pairwise(ordered))
    assert all("\n" not in number.span.text for number in ordered)


@settings(deadline=None)
@given(texts, languages)
def test_scores_are_shares_and_the_best_come_first(text: str, lang: str) -> None:
    scores = [number.score for number in found(text, lang)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@settings(deadline=None)
@given(texts, languages)
def test_ranges_rise_and_only_vague_numbers_have_no_value(text: str, lang: str) -> None:
    for number in found(text, lang):
        if number.qualifier is Qualifier.RANGE:
            assert isinstance(number.value, tuple)
            assert number.value[0] < number.value[1]
        if number.value is None:
            assert number.qualifier is Qualifier.ABOUT


@settings(deadline=None)
@given(st.one_of(texts, digits), languages)
def test_values_are_finite(text: str, lang: str) -> None:
    for number in found(text, lang):
        ends = number.value if isinstance(number.value, tuple) else (number.value or 0.0,)
        assert all(math.isfinite(end) for end in ends)


@settings(deadline=None)
@given(st.characters(categories=["Nd"]).filter(unicodedata.decimal), languages)
def test_decimal_digits_of_every_script_are_read(digit: str, lang: str) -> None:
    (number,) = found(f"{digit}{digit} km", lang)
    assert number.value == 11 * unicodedata.decimal(digit)


@settings(deadline=None)
@given(texts)
def test_a_text_without_digits_and_number_words_has_no_number(text: str) -> None:
    assert numbers(re.sub(r"[^\W_]", "x", text)) == []


@pytest.mark.parametrize(
    "scrap", [*strategies.HOSTILE, "1 kg, ", "one ", "5 ", "$5m ", "12 people and ", "1-", "3 из "]
)
def test_hostile_texts_are_read(scrap: str) -> None:
    text = scrap * (4096 // len(scrap))
    assert all(number.span.text in text for number in found(text, "en"))


@pytest.mark.parametrize(
    ("text", "lang", "value", "unit"),
    [
        ("Es kostet 1.234,50 €.", "de", 1234.5, "EUR"),
        ("La inflación subió un 4,5%.", "es", 4.5, "%"),
        ("Le prix est de 12,5 km.", "fr", 12.5, "km"),
        ("Це коштує 500 ₴.", "uk", 500, "UAH"),
        ("تكلف 300 $ اليوم.", "ar", 300, "USD"),
    ],
)
def test_other_languages_by_digits_and_signs(text: str, lang: str, value: float, unit: str) -> None:
    (number,) = numbers(text, lang)
    assert (number.value, number.unit) == (value, unit)


def test_a_fair_share_of_a_bank_of_other_conventions_is_read() -> None:
    """The bank of Recognizers-Text calls more a number than news do; what it calls money, measures, ages are ours."""
    rows = [json.loads(row) for row in _BANK.read_text(encoding="utf-8").splitlines()]
    wanted = [
        (row["text"], float(value))
        for row in rows
        for _, _, kind, value, _ in row["quants"]
        if kind in ("currency", "dimension", "age", "temperature") and re.fullmatch(r"[\d.]+", value or "")
    ]
    right = sum(any(value == pytest.approx(other) for other in values(text)) for text, value in wanted)
    assert right / len(wanted) >= 0.75


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Die Sitzung beginnt am 3. Mai um 18.00 Uhr im Saal 4, der 25. Ausgabe.", "de"),
        ("La réunion aura lieu le 3 mai à 18h30, pour la 2e fois.", "fr"),
        ("La cita es el 3 de mayo a las 18.00 horas, en la 2ª planta.", "es"),
        ("La riunione si terrà il 3 maggio alle 18.30, al 2° piano.", "it"),
        ("A reunião será no dia 3 de maio às 18h30.", "pt"),
        ("Подати заявку можна до 1 вересня, до 18.00.", "uk"),
        ("Срещата е на 3 май от 18.00 часа.", "bg"),
        ("Spotkanie odbędzie się 3 maja o 18.00.", "pl"),
        ("Toplantı 3 Mayıs günü saat 18.00'de yapılacak.", "tr"),
        ("Հանդիպումը կլինի մայիսի 3-ին, ժամը 18:00-ին։", "hy"),
        ("يعقد الاجتماع يوم 3 مايو الساعة 18:00.", "ar"),
        ("会议将于2024年5月3日18时举行。", "zh"),
    ],
)
def test_dates_times_and_ordinals_of_other_languages_are_no_numbers(text: str, lang: str) -> None:
    assert numbers(text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("Es kostet 1.200 Euro.", "de", 1200),
        ("Cuesta tres mil millones de euros.", "es", 3_000_000_000),
        ("Das sind 2.500.000,5 Tonnen.", "de", 2_500_000.5),
        ("Le prix est de 1,234 euro.", "fr", 1.234),
        ("ԱՄՆ-ը հատկացրել է 2,8 տրիլիոն դրամ։", "hy", 2_800_000_000_000),
        ("قتل ٢٥ جنديا.", "ar", 25),
        ("银行盈利超过2.5亿美元。", "zh", 250_000_000),
    ],
)
def test_separators_and_magnitudes_follow_the_language(text: str, lang: str, value: float) -> None:
    assert values(text, lang) == [value]


def test_a_message_full_of_numbers_is_read_to_its_end_and_a_table_of_more_only_at_its_beginning() -> None:
    row = "5 kg, 6 kg, 7 kg. "
    full = row * (4096 // len(row))
    assert len(numbers(full)) == full.count("kg")
    table = numbers(row * 4000)
    assert len(table) == 10_000
    assert table[-1].span.end < len(row) * 3334
