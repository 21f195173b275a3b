import re

from hypothesis import given
from hypothesis import strategies as st

from bot.text.numbers.currencies import currencies, ends_in_sign
from bot.text.numbers.tables import is_cyrillic, of_script, own_rows, rows

LANGUAGES = ["en", "ru", "pl", "zh", "uk", "xx"]
PIECES = ["$", "US", "us$", "U.S.", "€", "Rs", ".", "usd", "EUR", "CHF", "zł", "a", "5", "²", "руб", " ", "*", "_", "("]
UNIT_ROWS = [row.partition(" ")[2] for lang in LANGUAGES for row in rows("units") + own_rows(lang, "units")]
NAMES = sorted({name for lang in LANGUAGES for name in currencies(lang).names} | set(", ".join(UNIT_ROWS).split(", ")))


@given(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), st.sampled_from(LANGUAGES))
def test_the_look_up_passes_over_no_sign_that_a_search_finds(before: str, lang: str) -> None:
    assert ends_in_sign(before, lang) or not currencies(lang).before.search(before)
    assert not ends_in_sign(before + " word", lang)


@given(st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), st.from_regex(rf"\A{name}"))))
def test_no_expression_is_passed_over_at_a_word_that_it_matches(matching: tuple[str, str]) -> None:
    name, text = matching
    assert re.match(name, text)
    assert of_script([name], cyrillic=is_cyrillic(text[0])) == [name]
