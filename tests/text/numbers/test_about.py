import pytest

from bot.text.numbers.clauses import is_verb
from tests.text.numbers.reading import abouts, numbers


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # an object: the verb stands before it
        ("Frost wrote 17 books in his life.", "en", ["Frost wrote"]),
        ("Вечером двое воров украли 25 пачек масла.", "ru", ["украли 25 пачек масла", "Вечером двое воров украли"]),
        # a subject: the verb stands behind it
        ("Over thirty people have died in the fighting.", "en", ["have died in the fighting"]),
        ("Три ракеты были уничтожены над морем.", "ru", ["были уничтожены над морем"]),
        # what comes before only says when or where
        ("On Monday 20 people were killed.", "en", ["were killed"]),
        ("Over the past four days, there was violence in Beirut.", "en", ["there was violence in Beirut"]),
        # its own words name what it belongs to
        ("A poll of 1,048 adults found support.", "en", ["A poll of 1,048 adults found support"]),
        ("Мост длиной 19 километров рухнул.", "ru", ["Мост длиной 19 километров рухнул"]),
        # it completes what stands before it, whatever verb follows
        ("Путь до цели по инфляции в 4% займет год.", "ru", ["Путь до цели по инфляции в 4% займет год"]),
        ("О падении камня диаметром 70 см стало известно.", "ru", ["О падении камня диаметром 70 см стало известно"]),
        ("Inflation at 4% is too high.", "en", ["Inflation at 4% is too high"]),
        ("В Москве на 20 улицах перекроют движение.", "ru", ["перекроют движение"]),
        ("После взрыва 20 человек пострадали.", "ru", ["пострадали"]),
        # it is compared with what follows
        ("Some 40 migrants arrived, twice as many as last year.", "en", ["arrived", "as many as last year"]),
        # who says so is not counted
        ("The lender said it had set aside $3bn.", "en", ["it had set aside"]),
        ("The ministry said two soldiers were killed.", "en", ["were killed"]),
        # a preposition before it and another behind it
        ("The judges sent him to jail for four years for theft.", "en", ["The judges sent him to jail for"]),
        # a conjunction parts no clauses
        ("Граждане выберут депутатов и сенаторов на четыре года.", "ru", ["Граждане выберут депутатов и сенаторов на"]),
        # it describes the noun behind it
        ("The $7 billion fishing industry suffers.", "en", ["fishing industry suffers"]),
        ("Windows is used by 90% of the market.", "en", ["Windows is used by 90% of the market"]),
        ("Задержана 55-летняя сотрудница школы.", "ru", ["55-летняя сотрудница школы"]),
        # its own clause says nothing
        ("Eleven protesters, including five members of Congress, were arrested.", "en", ["were arrested"] * 2),
        ("It reads faster than others — up to 16 megabytes per second.", "en", ["It reads faster than others"]),
        ("Размах крыльев — 5 метров, скорость — 140 км/ч.", "ru", ["Размах крыльев", "скорость"]),
        ("Он выстрелил в машину, по данным полиции, восемь раз.", "ru", ["Он выстрелил в машину"]),
        # of a row
        ("The toll was 770 Palestinians and 14 Israelis.", "en", ["The toll was"] * 2),
        ("It lies 7 km (4.4 miles) away.", "en", ["It lies"] * 2),
        ("It carried 18% timber, 15% coal and 11% apples.", "en", ["It carried 18% timber", "coal", "apples"]),
        # of a row in which each acts by itself
        ("AT&T had 95 million users, and Verizon reported 94 million.", "en", ["AT&T had", "Verizon reported"]),
        ("Ten deaths are reported and two men were hurt.", "en", [None, "were hurt"]),
        ("Two boats and eight men were held.", "en", ["were held", "were held"]),
        ("Police held 12 people in Paris, six in Lyon.", "en", ["Police held", "in Lyon"]),
        ("Изъяли 260 кг черной икры и 310 кг красной.", "ru", ["Изъяли"] * 2),
        # a chronicle's mark of time is no part of it
        ("07:29 Курс доллара упал на 3 рубля.", "ru", ["Курс доллара упал на"]),
        ("12:05 — Police arrested 20 people.", "en", ["Police arrested"]),
        ("At 9:15 Moscow police arrested 20 people.", "en", ["At 9:15 Moscow police arrested"]),
        # neither side tells enough
        ("Drivers pay 20% less in winter.", "en", ["Drivers pay 20% less in winter"]),
        ("Молоко стало в два раза дороже.", "ru", ["Молоко стало в два раза дороже"]),
        ("Скидка 15% на обувь.", "ru", ["Скидка 15% на обувь"]),
        ("Children under 12 may not enter.", "en", ["Children under 12 may not enter"]),
        # a mere verb goes on with its subject
        ("Turnout, according to the BBC, was 55%.", "en", ["Turnout, according to the BBC, was"]),
        ("The index, a measure of prices, was up 12%.", "en", ["The index, a measure of prices, was up"]),
        ("Omar Khan, head of the fund, said 500 schools applied.", "en", ["applied"]),
        # what only completes the noun
        ("Тревога объявлена в Киеве и ещё пяти областях страны.", "ru", ["Тревога объявлена в Киеве"]),
        ("Привезли воду и 12 бутылок пива.", "ru", ["Привезли воду"]),
        ("12 бутылок пива.", "ru", ["пива"]),
        # for and against
        ("За проголосовали 330 депутатов, против — 275 членов палаты.", "ru", ["За проголосовали", "против"]),
        # the part of a row behind a dash
        ("Сбито 8 дронов, 7 - над Курском, 5 - над Брянском.", "ru", ["Сбито", "над Курском", "над Брянском"]),
        ("Сгорели четыре машины - «Лада», «Рено».", "ru", ["Сгорели"]),
        # which ones they are
        ("The alarm woke the nine sailors asleep below deck.", "en", ["asleep below deck"]),
        # a conjunction joins what a preposition names
        ("Some 90 people in Denmark and Norway were warned.", "en", ["in Denmark and Norway were warned"]),
        # a bare number tells nothing of another
        ("At 6 feet (1.8 metres), Omar is tall.", "en", ["Omar is tall"] * 2),
        # nor does a sum, or when something else was
        ("On the road a total of 30 cars were burnt.", "en", ["were burnt"]),
        ("Sales rose to $9bn, compared with $8bn a year earlier.", "en", ["Sales rose to"] * 2),
        ("Цена — 90 рублей, неделей ранее — 80 рублей.", "ru", ["Цена", "Цена"]),
        # a short form of "not" makes a verb
        ("He couldn't pay a £50 fine.", "en", ["He couldn't pay a £50 fine"]),
        # whose words they are
        ("He added that 19 soldiers were hurt.", "en", ["were hurt"]),
        ("The economy added 30 jobs.", "en", ["The economy added"]),
        ("Запасов, по его оценкам, хватит на 7 лет.", "ru", ["Запасов, по его оценкам, хватит на"]),
        ("Zelensky: 90 missiles and 80 drones hit Odesa.", "en", ["hit Odesa"] * 2),
        ("Пострадали девять рыбаков, среди них двое подростков — власти.", "ru", ["Пострадали", "Пострадали"]),
        ("Ущерб: 9 млн рублей.", "ru", ["Ущерб"]),
        # whose they are
        ("У них двое детей и кошка.", "ru", [None]),
        ("У вдовы рыбака трое детей.", "ru", ["У вдовы рыбака"]),
        # a colon or a dash leads on, whatever else its clause counts
        ("На набор из трёх книг – 900 рублей.", "ru", ["На набор из", "На набор из трёх книг"]),
        # an age is that of the person named before it
        ("Here are Omar Khyam, 25, and Waheed Mahmood, 34.", "en", ["Here are Omar Khyam", "Waheed Mahmood"]),
        ("100 people", "en", [None]),
    ],
)  # fmt: skip
def test_the_words_that_say_what_is_counted(text: str, lang: str, expected: list[str | None]) -> None:
    assert abouts(numbers(text, lang)) == expected


def test_a_long_clause_is_told_by_the_words_next_to_the_number() -> None:
    text = "The very old museum in the quiet northern town near the long border has now finally reopened for 30 people."
    (about,) = abouts(numbers(text))
    assert about is not None
    assert len(about.split()) <= 14
    assert about.endswith("reopened for")


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # what is said of the part
        ("За ночь сбито 30 дронов, из них шесть над Ростовом.", "ru", ["За ночь сбито", "над Ростовом"]),
        ("Сбито 30 дронов, из них шесть — над Ростовом.", "ru", ["Сбито", "над Ростовом"]),
        ("Там было 26 человек, 18 из них дети.", "ru", [None, "дети"]),
        ("Построили 137 станций, 49 из которых в Москве.", "ru", ["Построили", "в Москве"]),
        ("Ранены 12 человек, из которых трое тяжело.", "ru", ["Ранены", "тяжело"]),
        ("Russia shot down 30 drones, six of them over Rostov.", "en", ["Russia shot down", "over Rostov"]),
        ("Police held 40 people, 12 of whom are minors.", "en", ["Police held", "are minors"]),
        # of the next part of the same whole
        ("Сбито 9 ракет, из них 6 над Ростовом, 3 над Крымом.", "ru", ["Сбито", "над Ростовом", "над Крымом"]),
        # what is said of the whole, but not how large it is
        ("Спасли 6 человек, из них 1 ребенок.", "ru", ["Спасли"] * 2),
        ("Еще 43 человека пострадали, в том числе четыре ребенка.", "ru", ["пострадали"] * 2),
        ("The plane was carrying 216 people, of whom 126 men and 82 women.", "en", ["The plane was carrying"] * 3),
        ("Число погибших выросло до 10 человек, среди них два врача.", "ru", ["Число погибших выросло до", None]),
        ("In Nepal, six men, including two guards, drowned.", "en", ["drowned"] * 2),
        ("The fire killed six men, including two guards, and spread north.", "en", ["The fire killed"] * 2),
        ("Ten men were hurt, including the three drivers.", "en", ["were hurt"] * 2),
        # an object
        ("The flu infected 171 people, and killed 93 of them.", "en", ["The flu infected", "killed"]),
    ],
)  # fmt: skip
def test_a_part_is_about_itself_and_not_about_the_whole(text: str, lang: str, expected: list[str | None]) -> None:
    assert abouts(numbers(text, lang)) == expected


def test_an_article_of_another_language_is_no_english_verb() -> None:
    assert is_verb("die", "en")
    assert not is_verb("die", "de")
