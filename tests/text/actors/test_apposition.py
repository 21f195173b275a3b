"""What a Russian text calls a person beside the name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.actors.apposition import find_apposition
from bot.text.words.document import read_document


def called(text: str, name: str) -> str | None:
    document = read_document(Post("1", text), "ru")
    start = text.index(name)
    found = find_apposition(text, document.lines[0], start, start + len(name))
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Суд оштрафовал блогера Лерчек на крупную сумму.", "Лерчек", "блогера"),
        ("За штурвалом сидел второй пилот Дмитрий Орлов.", "Дмитрий Орлов", "второй пилот"),
        ("Награду вручили общественному деятелю Анне Беловой.", "Анне Беловой", "общественному деятелю"),
        ("Обыск прошёл у местного политика Льва Петрова.", "Льва Петрова", "местного политика"),
        ("Он помиловал своего сына Ивана.", "Ивана", "сына"),
        ("Вместе с супругой Мариной он уехал.", "Мариной", "супругой"),
        ('Лидер новой партии "Ясная заря" Сергей Орлов ушёл.', "Сергей Орлов", 'Лидер новой партии "Ясная заря"'),
        ("Об этом сказал автор «Зимы» Иван Петров.", "Иван Петров", "автор «Зимы»"),
        ("Вчера Иван Петров, сооснователь клуба, ушёл.", "Иван Петров", "сооснователь клуба"),
        ("Вчера Иван Петров, главный врач больницы, ушёл.", "Иван Петров", "главный врач больницы"),
        ("Речь о Вере Беловой, учителе из Омска.", "Вере Беловой", "учителе из Омска"),
        ("Иван Петров, сын Анны Беловой, молчит.", "Иван Петров", "сын Анны Беловой"),
    ],
)
def test_a_noun_in_the_case_of_the_name_is_what_he_is_called(text: str, name: str, role: str) -> None:
    assert called(text, name) == role


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Концертный директор Киркорова промолчал.", "Киркорова"),
        ("Разговор с помощником Шольца прервали.", "Шольца"),
        ("Он помиловал сына Ивана Петрова.", "Ивана Петрова"),
        ("Внуку Пугачёвой запретили въезд.", "Пугачёвой"),
        ("Адвокаты Трампа подали жалобу.", "Трампа"),
        ("Как рассказал москвичке Владимир, собака нашлась.", "Владимир"),
        ("Письмо Ивана Петрова прочли вслух.", "Ивана Петрова"),
        ("Новая политика Трампа удивила всех.", "Трампа"),
        ("Вчера Иван Петров уехал.", "Иван Петров"),
        ("Иван Петров уехал.", "Иван Петров"),
        ("Пели Иван Петров, певец Олег Орлов и хор.", "Иван Петров"),
        ("Когда пришёл Иван Петров, врач уже уехал.", "Иван Петров"),
        ("Судили Ивана Петрова, сбившего старого пенсионера.", "Ивана Петрова"),
        ("Показали «Зиму» Ивана Петрова.", "Ивана Петрова"),
        ("Владелец бара «Арма» с Иваном Петровым молчит.", "Иваном Петровым"),
    ],
)
def test_whose_somebody_is_and_words_of_other_cases_are_no_role(text: str, name: str) -> None:
    assert called(text, name) is None


@given(
    st.lists(
        st.sampled_from(["блогер", "сына", "своего", "второй", "Иван", "Петрова", "X", ",", "«", "»", "1"]), max_size=12
    ),
    st.integers(0, 60),
    st.integers(1, 12),
)
def test_what_is_found_is_beside_the_name(words: list[str], start: int, size: int) -> None:
    text = " ".join(["Вчера", *words])
    for line in read_document(Post("1", text), "ru").lines:
        found = find_apposition(text, line, start, start + size)
        assert (
            found is None
            or line.start <= found[0] < found[1] <= start
            or start + size <= found[0] < found[1] <= line.end
        )
