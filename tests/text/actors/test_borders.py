"""Borders of names: what the models took into them, though it stands beside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.actors.borders import mend_borders
from bot.text.actors.names import Name, NameKind
from bot.text.words.document import read_document


def mended(text: str, *names: tuple[str, NameKind]) -> list[tuple[str, str]]:
    document = read_document(Post("1", text))
    spans = [Name(text.index(surface), text.index(surface) + len(surface), kind) for surface, kind in names]
    return [(text[name.start : name.end], name.kind) for name in mend_borders(document, spans)]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("European Commission President José Barroso", [("European Commission", "ORG"), ("José Barroso", "PER")]),
        ("Home Office Dr. Theresa May", [("Home Office", "ORG"), ("Theresa May", "PER")]),
        ("Suffolk Constabulary Sergeant", [("Suffolk Constabulary", "ORG")]),
        ("Director of National Intelligence", [("Director of National Intelligence", "ORG")]),
        ("World Bank", [("World Bank", "ORG")]),
    ],
)
def test_an_organisation_ends_where_a_title_begins(name: str, parts: list[tuple[str, str]]) -> None:
    assert mended(f"On Monday the {name} spoke.", (name, "ORG")) == parts


@pytest.mark.parametrize(
    ("headline", "name", "again", "left"),
    [
        ("Hook rallies the New Tarn Devils to a late win", "New Tarn Devils", "New Tarn", "New Tarn Devils"),
        ("Hook wins Tarn Senate vote after two recounts", "Tarn Senate", "Senate", "Senate"),
        ("Senate Votes Down Hook Bill After Long Debate", "Senate Votes", "Senate", "Senate"),
    ],
)
def test_a_headline_in_small_letters_keeps_what_stands_behind_a_name(
    headline: str, name: str, again: str, left: str
) -> None:
    text = f"{headline}\nOn Monday {again} was named once more."
    document = read_document(Post("1", text))
    first, last = text.index(name), text.rindex(again)
    spans = [Name(first, first + len(name), "ORG"), Name(last, last + len(again), "ORG")]
    assert [text[one.start : one.end] for one in mend_borders(document, spans)] == [left, again]


def test_persons_whom_a_comma_divides_are_several() -> None:
    assert mended("Judges Ann Lee, S. Bo Lund agreed.", ("Ann Lee, S. Bo Lund", "PER")) == [
        ("Ann Lee", "PER"),
        ("S. Bo Lund", "PER"),
    ]
    assert mended("They met Bo Lund, Jr. today.", ("Bo Lund, Jr", "PER")) == [("Bo Lund, Jr", "PER")]


def test_a_headline_inside_of_a_post_is_cut_down_too() -> None:
    text = "Quiet night in the valley.\n2. Hook Pushes Harder Against Fishing Bans\nMayor Hook spoke of it on Monday."
    document = read_document(Post("1", text))
    first, again = text.index("Hook"), text.rindex("Hook")
    spans = [Name(first, first + len("Hook Pushes"), "PER"), Name(again, again + 4, "PER")]
    assert [text[name.start : name.end] for name in mend_borders(document, spans)] == ["Hook", "Hook"]


@pytest.mark.parametrize(
    ("name", "kind", "parts"),
    [
        ("Coast Guard Spokesman Rear Adm", "ORG", [("Coast Guard", "ORG")]),
        ("Rear Adm. Ann Lee", "PER", [("Ann Lee", "PER")]),
        ("CEO Ann Lee", "MISC", [("Ann Lee", "PER")]),
        ("Lt. Gov", "PER", []),
        ("Gov", "PER", []),
        ("Revell", "PER", [("Revell", "PER")]),
        ("Dr Pepper Group", "ORG", [("Dr Pepper Group", "ORG")]),
    ],
)
def test_a_rank_is_nobody_and_no_part_of_a_name(name: str, kind: NameKind, parts: list[tuple[str, str]]) -> None:
    assert mended(f"On Monday {name} spoke.", (name, kind)) == parts


def test_a_name_ends_at_a_quotation_mark_that_was_opened_before_it() -> None:
    assert mended('"Стаю" дронов ВСУ сбили ночью.', ('Стаю" дронов ВСУ', "ORG")) == [("ВСУ", "ORG")]
    assert mended('Это "Роснефть" и всё.', ("Роснефть", "ORG")) == [("Роснефть", "ORG")]


def test_somebodys_office_parts_two_organisations() -> None:
    text = "Агентству Reuters представитель МИД Украины ответил."
    assert mended(text, ("Reuters представитель МИД Украины", "ORG")) == [("Reuters", "ORG"), ("МИД Украины", "ORG")]


def test_a_headline_is_cut_down_to_the_names_of_the_rest() -> None:
    text = "Colin Powell Resigns Today\nThe secretary, Powell, told his staff."
    names: list[tuple[str, NameKind]] = [("Colin Powell Resigns", "PER")]
    document = read_document(Post("1", text))
    again = text.rindex("Powell")
    spans = [Name(0, len(names[0][0]), "PER"), Name(again, again + 6, "PER")]
    assert [text[name.start : name.end] for name in mend_borders(document, spans)] == ["Colin Powell", "Powell"]


@settings(deadline=None)  # the first reading of a language loads its models
@given(
    st.lists(
        st.sampled_from(
            ["Reuters", "представитель", "МИД", '"', "«", "»", "European", "President", "Dr.", "Barroso", "глава", "of"]
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["ORG", "PER", "GPE"]),
    st.sampled_from([" ", "  ", " \t"]),
)
def test_mended_names_lie_inside_of_the_old_ones_and_are_not_empty(words: list[str], kind: NameKind, gap: str) -> None:
    document = read_document(Post("1", gap.join(words)))
    old = Name(0, len(document.text), kind)
    last = 0
    for name in mend_borders(document, [old]):
        assert last <= name.start < name.end <= old.end
        assert document.text[name.start : name.end].strip() == document.text[name.start : name.end]
        last = name.end


def test_no_name_takes_in_the_signs_of_markup_beside_it() -> None:
    text = "<b>Bold</b> news"
    names = mend_borders(read_document(Post("1", text)), [Name(3, 8, "ORG")])
    assert [text[name.start : name.end] for name in names] == ["Bold"]


def test_a_russian_body_keeps_its_state_in_a_headline() -> None:
    text = "Армия Чада взяла под контроль посёлок на севере\nПрезидент поблагодарил военных. Власти Чада молчат."
    document = read_document(Post("1", text), "ru")
    spans = [Name(0, len("Армия Чада"), "ORG"), Name(text.rindex("Чада"), text.rindex("Чада") + 4, "GPE")]
    assert [text[name.start : name.end] for name in mend_borders(document, spans)] == ["Армия Чада", "Чада"]
