from itertools import pairwise

import pytest
from hypothesis import given

from bot.posts import Mark, MarkKind
from bot.text.words.clean import clean, without_markup
from tests.text import strategies


def cleaned(text: str, *marks: Mark, publisher: str | None = None) -> str:
    return clean(text, marks, publisher).text


@given(strategies.posts)
def test_every_kept_character_stands_in_the_original(text: str) -> None:
    result = clean(text)
    assert len(result.text) == len(result.offsets) == len(result.ends)
    assert all(one < two for one, two in pairwise(result.offsets))
    assert all(start < end for start, end in zip(result.offsets, result.ends, strict=True))
    assert all(end <= start for end, start in zip(result.ends, result.offsets[1:], strict=False))
    assert not result.ends or result.ends[-1] <= len(text)


@given(strategies.posts)
def test_no_lone_surrogate_is_kept(text: str) -> None:
    cleaned(text).encode()


@given(strategies.posts)
def test_no_line_begins_or_ends_with_a_blank(text: str) -> None:
    assert all(line == line.strip() for line in cleaned(text).split("\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Путин прибыл** в __Астану__", "Путин прибыл в Астану"),
        ("**Путин прибыл\n\n**в Астану", "Путин прибыл\n\nв Астану"),
        ("**\n\n**Рубль упал", "Рубль упал"),
        ("Взрывы в Харькове, **— СМИ", "Взрывы в Харькове, — СМИ"),
        ("~~Вчера~~ ||сегодня|| `код` *bold* _italic_", "Вчера сегодня код bold italic"),
        ("snake_case и 2*3", "snake_case и 2*3"),
        ("Что [мы знаем](https://bbc.com/a_(b)?c=d) об этом", "Что мы знаем об этом"),
        ("[[вложенная] ссылка](https://a.b) тут", "[вложенная] ссылка тут"),
        ("Он сказал [так] (и ушёл)", "Он сказал [так] (и ушёл)"),
        ("[**МКБ**](https://t.me/x)** увеличил** доходность", "МКБ увеличил доходность"),
        ("Запись есть на https://youtu.be/x-1_2. Всего в ней три часа.", "Запись есть на . Всего в ней три часа."),
        ("Отчёт (https://a.b/c) готов", "Отчёт  готов"),
        ("Сайты Mail.ru и Booking.com не работают", "Сайты Mail.ru и Booking.com не работают"),
    ],
)
def test_markup_and_addresses_go(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("но́вость и за́мок", "новость и замок"),
        ("и\u0306од, е\u0308лка, і\u0308жа, cafe\u0301", "йод, ёлка, їжа, café"),
        ("z\u0300\u0301\u0302\u0303\u0304\u0305\u0306algo", "zalgo"),
        ("но\u00adво\u200bсть\u202e", "новость"),
        ("5\u00a0000\u202fруб.", "5 000 руб."),
        ("раз\r\nдва\u2028три", "раз\n\nдва\nтри"),
        ("полови\ud83dна", "полови\ufffdна"),
    ],
)
def test_characters_become_plain(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_a_letter_takes_its_marks_with_it() -> None:
    text = "Пьют молоко́ все"
    result = clean(text)
    start = result.text.index("молоко")
    assert result.original(start, start + 6) == (5, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("❗️⚡️Срочно: пожар 🔥", "Срочно: пожар"),
        ("🔴 BREAKING: quake\n▪️ 12 dead\n• 40 hurt", "BREAKING: quake\n12 dead\n40 hurt"),
        ("— Мы готовы, — сказал он", "Мы готовы, — сказал он"),
        ("- Курс доллара\n-6 °C ночью", "Курс доллара\n-6 °C ночью"),
        ("1. Tesla recalls cars\n2) Musk denies", "1. Tesla recalls cars\n2) Musk denies"),
        ("1️⃣ Первое\n2️⃣ Второе", "1 Первое\n2 Второе"),
        ("Вышел iPhone 🆚 Pixel: кто лучше", "Вышел iPhone 🆚 Pixel: кто лучше"),
    ],
)
def test_decoration_around_a_line_goes(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    "footer",
    [
        "🔴 [Подписаться](https://t.me/a) | [Прислать новость](https://t.me/b)",
        "🔴 [Подписаться на Москву - новостную](https://t.me/moskva)",
        "[👉 ](https://t.me/+mX)[Топор +18. Подписаться](https://t.me/+Fb)",
        "[📈Топор. Экономика —\nПодписаться](https://t.me/+w)",
        "🎯[ Подписывайся на SHOT](https://t.me/shot_shot)",
        "__Читать нас без VPN можно здесь: ____bit.ly/bbcrussian__",
        "Подробнее — [в нашем материале](https://bbc.com/a)",
        "Читать далее",
        "Источник: РИА Новости",
        "__Фото: Getty Images__",
        "#новости #Москва",
        "@mash",
        "https://naked-science.ru/article/medicine",
        "Распространите среди знакомых",
        "👉 Subscribe",
        "Follow us on X | Join our chat",
        "Read more: https://example.org/a",
        "Source: Reuters",
        "📷 Photo: AP",
        "Підписатися на канал | Надіслати новину",
        "Suscríbete a nuestro canal",
        "[Mash](https://t.me/mash)",
    ],
)
def test_a_footer_goes(footer: str) -> None:
    news = "Пожар в Москве потушили.\n\nПострадавших нет."
    assert cleaned(f"{news}\n\n{footer}") == news


@pytest.mark.parametrize(
    "line",
    [
        "Подписал указ президент.",
        "Подписка на Netflix подорожает до $20 с нового года.",
        "Подробности аварии выясняются.",
        "Источник в полиции сообщил о трёх погибших.",
        "Subscribers to Netflix rose by five million.",
        "Read was sworn in as a judge on Monday.",
        "Joint forces took the town.",
        "Sources close to the Kremlin denied it.",
        "Водитель задержан.",
        "Умер Владимир Левкин.",
        "Shares of [Apple](https://apple.com) fell.",
    ],
)
def test_news_stays(line: str) -> None:
    assert cleaned(f"В городе спокойно.\n{line}").endswith(cleaned(line))
    assert cleaned(line)[0] == line[0]
    assert cleaned(line)[-1] == line[-1]


def test_tags_and_handles_after_the_last_sentence_go() -> None:
    assert cleaned("Долг США вырос. @banksta") == "Долг США вырос."
    assert cleaned("Долг США вырос. #сша #долг") == "Долг США вырос."
    assert cleaned("Долг США вырос до рекорда @banksta", publisher="Banksta") == "Долг США вырос до рекорда"


def test_a_tag_inside_of_a_sentence_keeps_its_word() -> None:
    assert cleaned("Новая #инфографика для всех, C# и #дайджест") == "Новая инфографика для всех, C# и дайджест"


def test_a_link_at_the_end_that_calls_goes() -> None:
    assert cleaned("Суд отложен до мая. [Подробнее](https://a.b)") == "Суд отложен до мая."
    assert cleaned("Мы [писали](https://a.b)") == "Мы писали"


def test_the_name_of_the_channel_at_the_end_goes() -> None:
    assert cleaned("Суд отложен до мая.\n\n**Раньше всех. Ну почти.**", publisher="Раньше всех. Ну почти.") == (
        "Суд отложен до мая."
    )
    assert cleaned("Раньше всех. Ну почти.\n\nСуд отложен.", publisher="Раньше всех. Ну почти.").startswith("Раньше")


def test_marks_tell_a_linked_footer() -> None:
    text = "Суд отложен до мая.\n\nТопор Live"
    assert cleaned(text) == text
    start = text.index("Топор")
    assert cleaned(text, Mark(MarkKind.LINK, start, len(text), "https://t.me/x")) == "Суд отложен до мая."


def test_blocks_of_code_go() -> None:
    assert cleaned("Пример кода:\n```count = {}\nfor x in y:\n  pass```\nВсё.") == "Пример кода:\n\nВсё."
    text = "Пример кода:\ncount = {}\nfor x in y\nВсё."
    assert cleaned(text, Mark(MarkKind.CODE, 13, text.index("Всё"))) == "Пример кода:\nВсё."
    assert cleaned("```Срочно```: пожар") == "Срочно: пожар"


@pytest.mark.parametrize("unit", strategies.HOSTILE)
def test_a_hostile_text_is_cleaned(unit: str) -> None:
    result = clean(unit * (100_000 // len(unit)))
    assert len(result.text) <= 100_000


def test_without_markup_a_call_is_still_read() -> None:
    text = "Переходите на [сайт](https://vibe.habr.com/?a=b) → **ок** и читайте"
    assert cleaned(text) == ""
    assert without_markup(text) == "Переходите на сайт → ок и читайте"
    assert without_markup("волокна](https://habr.com/a) (ФОТО)") == "волокна (ФОТО)"


def test_of_a_heap_of_marks_a_letter_keeps_four() -> None:
    result = clean("a" + "\u0301" * 90 + " b")
    assert result.text == "á b"
    assert result.original(0, 1) == (0, 5)
    assert clean("\u0301" * 90 + "b").text == "b"
