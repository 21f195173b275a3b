from bot.text.actors.identities import same_organisations


def test_a_name_of_which_nothing_is_left_is_nobody_else() -> None:
    assert list(same_organisations(["", "банк россия", "банк"])) == [("банк", "банк россия")]
