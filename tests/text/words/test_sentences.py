from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.words.sentences import split_sentences
from tests.text import strategies

languages = st.sampled_from(["en", "ru", "uk", "de", "zh", "ar", "hy"])


def sentences(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, lang)]


@given(strategies.posts, languages)
def test_sentences_are_in_order_and_disjoint_and_within_a_line(text: str, lang: str) -> None:
    bounds = split_sentences(text, lang)
    assert all(start < end <= len(text) for start, end in bounds)
    assert all(one[1] <= two[0] for one, two in pairwise(bounds))
    assert all("\n" not in text[start:end] for start, end in bounds)


@given(strategies.posts, languages)
def test_every_letter_is_in_a_sentence_and_every_sentence_has_one(text: str, lang: str) -> None:
    bounds = split_sentences(text, lang)
    inside = "".join(text[start:end] for start, end in bounds)
    assert [char for char in inside if char.isalnum()] == [char for char in text if char.isalnum()]
    assert all(any(char.isalnum() for char in text[start:end]) for start, end in bounds)


@given(strategies.posts, languages)
def test_sentences_have_no_blanks_around_them(text: str, lang: str) -> None:
    assert all(sentence == sentence.strip() for sentence in sentences(text, lang))


# In the texts below a bar stands where one sentence ends and the next begins.
@pytest.mark.parametrize(
    "marked",
    [
        "Dr. Smith met Sen. Ted Cruz of the U.S. Senate.| He left at 5 p.m. Monday.| Nobody saw him.",
        "They live in the U.S.| He moved to Washington, D.C.| Nobody followed him.",
        "J. K. Rowling and J.R.R. Tolkien, vs. A. B. Smith Jr. of Apple Inc. CEO fame.| It was on Nov. 21.| All came.",
        "Sales rose 4.5 per cent to $1.2bn, i.e. more than in No. 10 St. James's St. ever.| Shares fell.",
        '"Is it true?" asked the judge.| "Yes!" she replied.| The court adjourned.',
        '"Is it over?" Ms. Jones asked.| Nobody knew.',
        '"He loves children.| You don\'t harm what you love."| Describing him, she wept.',
        "It was hot... so hot.| Then it rained...| And rained.",
        "Yahoo! said it would cut jobs.| iPhone sales fell.| eBay rose.",
        "It is 12 p.m.| The court (he said so!) sat.| 330 people came.",
        "Apple unveils the iPhone 15!!!| Price starts from $799...| Pre-orders open on Friday",
        "Oil jumps 4% on the news 📈| Brent is now above $90 today ‼️| Traders fear a wider war",
        "We 🇺🇸 America and I ❤ New York",
        "The case, Roe v. Wade et al. was heard.| UPD. It ended.",
        "He said a lot.| [...] Then he left.| (It was late.)| We stayed.",
        'He read "Dune. Part Two" in May.| She saw "Alien. Covenant", a film.| She likes "Dune".| He likes it, too.',
    ],
)
def test_english(marked: str) -> None:
    assert sentences(marked.replace("|", ""), "en") == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    "marked",
    [
        "А. С. Пушкин и М.В. Ломоносов (и др.) учились им. Баумана.| Там был Т. Худавердян.",
        "Он родился в г. Омске на ул. Ленина, д. 5, кв. 12.| В XVIII в. здесь была крепость, т. е. центр города.",
        "Это было в марте 2011 г. в Триполи.| В 2016 г. Минфин его расторг.| Его продлили до 2022 г.| Все согласились.",
        "США обладают 7,26 тыс. боеголовок, Россия — 7,5 тыс. 300 из них старые.| Остальные имеют меньше.",
        "Доллар вырос на 1,5 руб., до 97,8 руб.| Евро стоит 2.4 млрд. рублей и т. д.| Суд согласился.",
        "«Зачем нам мир без России?» — сказал Путин.| Зал аплодировал.| «Ура!» — Лужков.",
        "«Кубе надо навёрстывать…| Но это не всё.| Скорее всего».| «Сани…» — удивилась она.",
        "Ночью -6 °С, днём -2 °С.| Ветер южный, до 25 м/с.| Ожидается шторм.",
        "Всем – рок!!!| В столовой (ч. 2 ст. 110 УК, см. также стр. 5) пели?!| Да.",
        "«Сибирь.Реалии» и «Яндекс.Такси» молчат.| Прошлое забыто.|Прокуратура его признала.",
        "Он востоковед, как и я.| Он отработал 30 лет.",
        "Купили ВВ.| Для них сделали тайник.| За рулём был Алексей К.| Он пьян.",
        "Мы готовим статью! 👋| Нам нужна помощь 🙏| Поделитесь своим опытом",
        "ООО «Носимо», г. Москва, Причальный пр-д, д. 2, пом. XIX, ком. 16.| Сроки: с 15.11.2024г. по 02.12.2024г.",
        "Президент Дж. Байден и Ю. Свириденко встретились.",
        "1. Первое дело.| Второе.",
        'Начался конкурс "Лидеры России. Политика", уже второй.| Зрители ждали «Чужой. Завет» и «Дюну».| Конец.',
        "Он любит «Спартак».| Она ждала «Зенит», но не пришла.| Фильм «Брат. Начало» вышел.",
    ],
)
def test_russian(marked: str) -> None:
    assert sentences(marked.replace("|", ""), "ru") == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("uk", "Про це пише ім. Шевченка, вул. Хрещатик, 5.| У 2024 р. Рада ухвалила 2 млн. грн.| Далі буде."),
        ("de", "Am 3. Oktober sprach Dr. Merz in Berlin.| Es kamen z. B. 20 Mio. Menschen.| Alle gingen."),
        ("fr", "M. Macron est arrivé à 5 h.| Mme. Le Pen, elle, est partie."),
        ("es", "El Sr. Sánchez habló en EE.UU. con Biden.| ¿Por qué?| ¡Nadie lo sabe!"),
        ("tr", "3. Bölge seçimleri yapıldı.| Dr. Yılmaz konuştu."),
        ("zh", "总统抵达北京。|他说：“我们很高兴。”然后离开。|明天见！|好吗？"),
        ("ja", "首相は東京に到着した。|「頑張ります。」と述べた。|以上。"),
        ("ar", "وصل الرئيس إلى القاهرة.| هل سيبقى؟| لا أحد يعرف."),
        ("hy", "Վարչապետը ժամանել է Երևան։| Նա կմնա երկու օր:| Բոլորը գիտեն։"),
        ("ka", "პრეზიდენტი თბილისში ჩავიდა.| ის ხვალ წავა."),
        ("hi", "राष्ट्रपति दिल्ली पहुँचे।| वे कल जाएँगे।"),
    ],
)
def test_other_languages(lang: str, marked: str) -> None:
    assert sentences(marked.replace("|", ""), lang) == [part.strip() for part in marked.split("|")]


def test_a_newline_ends_a_sentence() -> None:
    assert sentences("Пожар в Москве\nПострадавших\n\nнет", "ru") == ["Пожар в Москве", "Пострадавших", "нет"]


def test_a_line_without_words_is_no_sentence() -> None:
    assert sentences("...\n🔥🔥\nДа.\n—", "ru") == ["Да."]


@pytest.mark.parametrize("unit", strategies.HOSTILE)
def test_a_hostile_text_is_split(unit: str) -> None:
    split_sentences(unit * (100_000 // len(unit)), "en")
    split_sentences(unit * (100_000 // len(unit)) + "x", "ru")
