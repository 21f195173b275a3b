import pytest
from hypothesis import given

from bot.text.words.language import detect_language
from tests.text import strategies


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The president arrived in Rome on Monday."),
        ("en", "Bitcoin hits record high"),
        ("ru", "Президент прибыл в Астану."),
        ("ru", "Пожар"),
        ("ru", "ВС РФ"),
        ("uk", "Президент України заявив, що переговори тривають."),
        ("uk", "Путін прибув до Москви"),
        ("be", "Урад абвясціў у панядзелак новыя меры."),
        ("bg", "Правителството обяви, че ще се проведат избори след като президентът ги насрочи."),
        ("sr", "Влада је у понедељак објавила нове мере."),
        ("kk", "Қазақстан президенті бүгін Астанада"),
        ("de", "Die Regierung hat am Montag neue Maßnahmen beschlossen."),
        ("fr", "Le gouvernement a annoncé lundi de nouvelles mesures."),
        ("es", "El gobierno anunció el lunes nuevas medidas contra la inflación."),
        ("it", "Il governo ha annunciato lunedì nuove misure per la scuola."),
        ("pt", "O governo anunciou na segunda-feira que não haverá mais eleições."),
        ("nl", "De regering heeft maandag nieuwe maatregelen aangekondigd."),
        ("pl", "Rząd ogłosił w poniedziałek, że nowe środki są gotowe."),
        ("tr", "Hükümet pazartesi günü yeni önlemler açıkladı."),
        ("hy", "Վարչապետը ժամանել է Երևան։"),
        ("ka", "პრეზიდენტი თბილისში ჩავიდა."),
        ("he", "ראש הממשלה הגיע לירושלים."),
        ("ar", "وصل الرئيس إلى القاهرة."),
        ("fa", "رئیس جمهور گفت که مذاکرات پیش می‌رود."),
        ("ur", "وزیر اعظم نے کہا ہے کہ مذاکرات جاری ہیں"),
        ("zh", "总统抵达北京。"),
        ("ja", "首相は東京に到着した。"),
        ("ko", "대통령이 서울에 도착했다."),
        ("hi", "राष्ट्रपति दिल्ली पहुँचे।"),
        ("el", "Ο πρόεδρος έφτασε στην Αθήνα."),
    ],
)
def test_languages_are_told_apart(lang: str, text: str) -> None:
    assert detect_language(text) == lang


def test_a_russian_post_full_of_latin_names_is_russian() -> None:
    assert detect_language("Вышла Node.js 23: Red Hat и Microsoft обновили TypeScript") == "ru"


@pytest.mark.parametrize(
    "text", ["Erdoğan visits Berlin", "São Paulo hit by floods", "Müller scores twice", "Real Madrid wins La Liga"]
)
def test_names_of_another_language_do_not_tell_the_language(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Bundestag beschließt Haushalt"),
        ("de", "DER KANZLER REIST NACH PARIS"),
        ("fr", "Macron rencontre Poutine à Moscou"),
        ("es", "El Gobierno sube el salario mínimo"),
        ("nl", "Twee doden bij ongeluk"),
    ],
)
def test_a_headline_tells_its_language(lang: str, text: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize("text", ["", "12345", "🔥", "..."])
def test_a_text_without_letters_is_taken_for_english(text: str) -> None:
    assert detect_language(text) == "en"


@given(strategies.posts)
def test_every_text_has_a_language(text: str) -> None:
    assert 2 <= len(detect_language(text)) <= 3
