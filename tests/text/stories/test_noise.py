"""Noise: what a digest leaves out, and above all what it must not."""

import pytest
from hypothesis import given

from bot.posts import Mark, MarkKind, Post
from bot.text.stories.noise import is_noise, noise_features
from bot.text.words.document import read_document
from tests.text.strategies import posts


def _noise(text: str) -> bool:
    return is_noise(read_document(Post("p", text)))


@pytest.mark.parametrize(
    "text",
    [
        "🔥 BLACK FRIDAY SALE! Get 50% off all annual plans with promo code NEWS50. Hurry, the offer ends tonight!",
        "Win a brand new iPhone! To enter our giveaway subscribe to @techdeals and tag two friends.",
        "This post is sponsored by NordShield. It protects your data on every device you own.",
        "Join our free webinar on crypto trading! Sign up now, seats are limited.",
        "Наши друзья из банка разыгрывают 30 телевизоров! Подпишись на канал и зарегистрируйся в боте, успей!",
        "Закажите наушники со скидкой 20% по промокоду ЗИМА, доставка бесплатная! Подробности на сайте магазина.",
        "Банк повысил ставки по вкладам. Подробнее на сайте https://bank.example/deposit?erid=2VtzqwjUqQD",
        "Открой счёт до 1 декабря и получи бонусы.\n\nРеклама. ООО «Банк», ИНН 7700000000",
    ],
)
def test_advertising_is_noise(text: str) -> None:
    assert _noise(text)


def test_many_links_speak_for_noise_but_not_those_of_a_signature() -> None:
    text = "Смотрим в выходные: Матрица, Дюна, Джокер, Чужой, Сияние."
    links = [(text.index(title), title) for title in ("Матрица", "Дюна", "Джокер", "Чужой", "Сияние")]
    marks = tuple(
        Mark(MarkKind.LINK, start, start + len(title), f"https://films.example/{number}")
        for number, (start, title) in enumerate(links)
    )
    seen = [noise_features(read_document(Post("p", text, marks=marks[:count])))["links"] for count in range(6)]
    assert seen[:3] == [0, 0, 0]
    assert 0 < seen[3] < seen[4] < seen[5]


def test_a_hidden_address_that_counts_its_visitors_is_seen() -> None:
    mark = Mark(MarkKind.LINK, 0, 4, "https://shop.example/?utm_source=telegram")
    assert noise_features(read_document(Post("p", "Here", marks=(mark,))))["tracked"]


@pytest.mark.parametrize(
    "text",
    [
        "Good morning, friends! ☀️ Have a great day and stay warm.",
        "Happy New Year, everyone! We wish you peace and joy.",
        "Доброе утро! Хорошего дня всем нашим подписчикам ☕",
        "Сегодня отмечается Международный день отказа от курения.",
        "Сегодня Дeнь oткaзa oт куpeния",
    ],
)
def test_greetings_and_days_of_something_are_noise(text: str) -> None:
    assert _noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "London today: +7° in the morning, +12° in the afternoon, +5° at night. Cloudy, wind 5 m/s, humidity 80%.",
        "Погода в Москве 22 ноября: утром +1°, днём +3°, вечером 0°. Облачно, небольшой дождь, давление 742 мм рт. ст.",
    ],
)
def test_weather_cards_are_noise(text: str) -> None:
    assert _noise(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("📊 POLL: Should the voting age be lowered to 16?\n👍 Yes\n👎 No\n🤷 Don't know", True),
        ("💬 **А вы понимаете принципы ООП?**\n\n❤️ — да\n👍 — не все\n\n[Подписаться](https://t.me/a)", True),
        ("What will cost more in London from May?\n🔹 Fares of the Tube\n🔹 Parking permits", False),
        (
            "Who pays for the flood in Linden?\n❤️ The mayor said on Monday that the state will pay for all 40 houses.",
            False,
        ),
        ("The mayor of Linden resigned on Monday. Was he right?\n👍 Yes\n👎 No", False),
    ],
    ids=["English", "Russian", "a list", "an answer in a sentence", "news with a question"],
)
def test_questions_with_an_emoji_for_each_answer_are_noise(text: str, expected: bool) -> None:
    assert _noise(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Morning briefing\n• Fed holds rates\n• Quake hits Chile\n• Apple unveils a chip\n• Storm in Texas\n• Lakers",
        "Главное к утру четверга\n\n🔻Россия нанесла удар.\n🔻Загорелся завод.\n🔻Суд решил.\n🔻Рубль упал.\n🔻Снег.",
    ],
)
def test_digests_of_many_events_are_noise(text: str) -> None:
    assert _noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "When you finally fix the bug on Friday evening 😂",
        "Тот самый друг, который вечно всем недоволен",
        "Если ваш отдых не выглядит так, то даже не зовите.",
    ],
)
def test_captions_of_pictures_are_noise(text: str) -> None:
    assert _noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "Explosion in Kharkiv",
        "explosion in kharkiv",
        "Dow closes up 1.2%",
        "BREAKING: Magnitude 6.1 earthquake strikes off the coast of Chile",
        "Walmart said its Black Friday sales rose 12%, helped by discounts of up to 50% on TVs.",
        "Apple unveiled a new iPhone on Tuesday that costs $999, about 10% more than last year's model.",
        "You may soon pay more for your TV licence: the government plans to raise the fee by £5, the minister said.",
        "Storm warning: winds of up to 120 km/h are expected tonight, the Met Office says. Snow will follow.",
        "Good Morning Britain host Susanna Reid has left ITV, the channel said on Friday.",
        "Взрывы в Полтаве",
        "Пожар на складе",
        "Доллар выше 108 рублей на бирже",
        "В Коммунарке дерево упало на автомобиль",
        "Сбербанк снизил ставки по вкладам до 18% годовых",
        "Умерла актриса Светлана Светличная. Ей было 84 года.",
        "Предупреждение МЧС: сегодня в столице сильный дождь, мокрый снег, порывы ветра могут достигать 25 м/с.",
        "Дождь, снег и сильный ветер с порывами 20-25 м/с ожидается в Москве 21 ноября, — ГУ МЧС",
        "Госдума приняла закон о штрафах за рекламу VPN-сервисов до 500 тысяч рублей.",
        "Выручка компании выросла на 21% до 109,6 млрд руб., большую часть принесла реклама, сообщила компания.",
        "Главное из выступления Путина: ставка высокая, бюджет принят, переговоры возможны.",
        "Fuerte lluvia en la ciudad",
        "Explosion dans le centre",
    ],
)
def test_news_is_kept(text: str) -> None:
    assert not _noise(text)


def test_a_footer_does_not_make_news_noise() -> None:
    text = "Суд арестовал директора завода в Омске.\n\n❤ [Подписаться](https://t.me/x) | [Прислать новость](https://t.me/y)"
    assert not _noise(text)


@given(posts)
def test_whatever_the_text_there_is_an_answer(text: str) -> None:
    assert _noise(text) in (True, False)
