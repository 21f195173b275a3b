"""The world that the playground opens with."""

from bot.playground.control.places import Places
from bot.playground.stage import furnish
from bot.playground.world.facts import Chat, Json
from bot.playground.world.world import UPDATE_LIFETIME, World


def _furnished() -> tuple[World, int, int]:
    world = World()
    bot = int(Places(world).add_bot("sitrep_bot", "Sitrep")["id"])
    return world, bot, furnish(world, bot)


def _news(world: World, you: int) -> list[Chat]:
    return [chat for chat in world.chats_of(you) if chat.type == "channel" and chat.members[you]["status"] == "member"]


def _posts(chat: Chat) -> list[Json]:
    return [message.shown for message in chat.messages.values()]


def test_the_visitor_reads_news_in_both_languages_and_has_a_group_and_an_empty_channel() -> None:
    world, bot, you = _furnished()
    assert world.state.viewer == you
    news = _news(world, you)
    letters = ["".join(post.get("text", "") for post in _posts(chat)) for chat in news]
    assert sum("и" in text for text in letters) == 3
    assert sum("и" not in text for text in letters) == 3
    [group] = [chat for chat in world.chats_of(you) if chat.type == "supergroup"]
    assert group.members[bot]["status"] == "administrator"
    [own] = [chat for chat in world.chats_of(you) if chat.members[you]["status"] == "creator"]
    assert (own.type, len(own.messages)) == ("channel", 0)
    assert bot not in own.members


def test_the_posts_are_of_the_last_day_and_in_order() -> None:
    world, _, you = _furnished()
    for chat in world.chats_of(you):
        dates = [post["date"] for post in _posts(chat)]
        assert dates == sorted(dates)
        assert all(0 < world.now() - date < UPDATE_LIFETIME for date in dates)


def test_every_channel_says_who_wrote_its_posts_and_under_which_licence() -> None:
    world, _, you = _furnished()
    for chat in _news(world, you):
        assert chat.username
        assert "CC BY" in (chat.description or "").splitlines()[-1]


def test_there_are_headlines_an_album_and_a_picture_with_a_caption() -> None:
    world, _, you = _furnished()
    posts = [post for chat in _news(world, you) for post in _posts(chat)]
    bold = [post for post in posts if any(entity["type"] == "bold" for entity in post.get("entities", []))]
    assert len(bold) > len(posts) / 2
    pictures = [post for post in posts if "photo" in post]
    album = [post for post in pictures if "media_group_id" in post]
    assert len({post["media_group_id"] for post in album}) == 1
    assert [("caption" in post) for post in album] == [True, False, False]
    assert any("caption" in post for post in pictures if post not in album)


def test_the_bot_hears_what_the_newsroom_forwarded() -> None:
    world, bot, _ = _furnished()
    forwards = [
        pending.content["message"]["forward_origin"]["chat"]["username"]
        for pending in world.state.bots[bot].pending
        if "forward_origin" in pending.content.get("message", {})
    ]
    assert forwards == ["world_wire", "science_notes", "lenta_dnya"]
