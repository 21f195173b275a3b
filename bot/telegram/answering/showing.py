"""Write posts as a view of them shows, in one message with buttons for the other views."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from telegram import InlineKeyboardMarkup

from bot.chat_settings import ChatSettings
from bot.posts import Digest, Post
from bot.recap import Length
from bot.store.desks.posts import StoredPost
from bot.telegram.answering.findings import say_shown, under
from bot.telegram.answering.views import Further, Kind, View
from bot.telegram.handling import Handling
from bot.telegram.reading import digest_stored, usual_options
from bot.telegram.texts import Texts
from bot.telegram.writing.lists import render_actors, render_numbers, render_numbers_page
from bot.telegram.writing.render import render, render_page
from bot.text.digest import Digester, Options, digest_actors, digest_numbers, digest_stories

MOST_ACTORS = 20
"""How many actors a list shows."""
MOST_NUMBERS = 10
"""How many numbers a list shows of a story."""


async def show(
    handling: Handling, texts: Texts, view: View, stored: Sequence[StoredPost], further: Further
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Write the posts of a view, of which there is at least one, with buttons for others and what else can be done."""
    found = await _read(handling, view, stored)
    html, shown = _write(handling, texts, view, found, [kept.post for kept in stored])
    if view.words:
        *_, html = under(say_shown(texts, view.words), [html])
    if len(stored) == 1:
        further = replace(further, views=await views_of_one(handling, view, stored[0]))
    rest = max(0, len(found.stories) - view.skipped - shown) + found.rest
    return html, view.buttons(texts, shown, rest, further)


async def views_of_one(handling: Handling, view: View, post: StoredPost) -> frozenset[Kind | Length]:
    """Tell which other views of one post tell something else than what is shown; none shorter if none is longer."""
    summary, usual = handling.settings.summary, handling.usual
    sizes = {length: ChatSettings(length=length).over(usual).summary.sentences for length in Length}
    most = Options(
        method=summary.method, sentences=sizes[Length.LONG], actors=summary.actors + 1, numbers=summary.numbers + 1
    )
    whole = await digest_stored(handling, [post], replace(most, about=view.words))
    told: dict[int, Length] = {}
    if view.kind is Kind.STORIES and len(whole.sentences) > sizes[Length.NORMAL]:
        told = {min(sizes[length], len(whole.sentences)): length for length in reversed(Length)}
        told.pop(min(sizes[view.length], len(whole.sentences)))
    more = {Kind.ACTORS: len(whole.actors) > summary.actors, Kind.NUMBERS: len(whole.numbers) > summary.numbers}
    return frozenset([Kind.STORIES, *told.values(), *(kind for kind, holds in more.items() if holds)])


async def write_all(handling: Handling, texts: Texts, view: View, stored: Sequence[StoredPost]) -> list[str]:
    """Write the posts of a view in as many messages as it takes; none if there is nothing to tell."""
    found, read = await _read(handling, view, stored), [kept.post for kept in stored]
    match view.kind:
        case Kind.ACTORS:
            return render_actors(found, read, texts, handling.now)
        case Kind.NUMBERS:
            return render_numbers(_page(found, view), read, texts, handling.now)
    return render(_page(found, view), read, texts, handling.now, view.length)


async def _read(handling: Handling, view: View, stored: Sequence[StoredPost]) -> Digest:
    summary = handling.settings.summary
    options, most = replace(usual_options(summary), about=view.words), view.skipped + summary.stories
    make: Digester
    match view.kind:
        case Kind.ACTORS:
            options, make = replace(options, actors=MOST_ACTORS), digest_actors
        case Kind.NUMBERS:
            options, make = replace(options, numbers=MOST_NUMBERS), partial(digest_numbers, most=most)
        case Kind.STORIES:
            make = partial(digest_stories, most=most)
    return await digest_stored(handling, stored, options, make)


def _write(handling: Handling, texts: Texts, view: View, found: Digest, read: Sequence[Post]) -> tuple[str, int]:
    """Write the first message of what is shown; tell how many stories are in it, if it is by story."""
    match view.kind:
        case Kind.ACTORS:
            written = render_actors(found, read, texts, handling.now)
            return (written or [texts.say("actors-none", posts=len(read))])[0], 0
        case Kind.NUMBERS:
            html, shown = render_numbers_page(_page(found, view), read, texts, handling.now)
            return html or texts.say("numbers-none", posts=len(read)), shown
    if len(read) == 1 and (messages := render(found, read, texts, handling.now, view.length)):
        return messages[0], 1
    return render_page(_page(found, view), read, texts, handling.now, view.length)


def _page(found: Digest, view: View) -> Digest:
    """Leave out the stories that were shown before; how many there are beside is told by a button."""
    return replace(found, stories=found.stories[view.skipped :], rest=0)
