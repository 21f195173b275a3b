"""`sitrep digest`: read posts, and print what they say."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.posts import Digest, Post
    from bot.text.digest import Options

_METHODS = ("sitrep", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction", "edmundson", "lead")

_AUTO = "auto"


@dataclass(frozen=True, slots=True)
class _Made:
    """A digest, with its posts; ``too_long`` is the best sentence, if neither that nor another fits the budget."""

    digest: Digest
    posts: list[Post]
    too_long: str | None


class _Moment(click.ParamType[datetime]):
    """A span of time before now, or a date."""

    name = "time"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        if period := parse_period(value):
            return datetime.now(UTC) - period
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is neither a span of time such as 90m, 24h or 7d nor a date", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class _Number(click.IntRange):
    """A whole number, that says so where something else is given."""

    name = "whole number"


class _Language(click.ParamType[str]):
    """A code of ISO 639, such as "en"; of "en-GB" the language is taken."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        code = value.lower().replace("_", "-").partition("-")[0]
        if code != _AUTO and not re.fullmatch("[a-z]{2,3}", code):
            self.fail(f"{value!r} is not the code of a language, such as en, ru or de", param, ctx)
        return code


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    show_default=True,
    help="Text is laid out on a terminal, and plain in a pipe.",
)
@click.option("--each", is_flag=True, help="One digest per post; with --format json: JSON Lines in input order.")
@click.option("--sentences", metavar="N", type=_Number(1), help="At most this many sentences.  [default: 3]")
@click.option("--words", metavar="N", type=_Number(1), help="At most this many words.")
@click.option("--chars", metavar="N", type=_Number(1), help="At most this many characters.")
@click.option("--actors", metavar="N", type=_Number(0), default=8, show_default=True, help="At most this many actors.")
@click.option(
    "--numbers", metavar="N", type=_Number(0), default=8, show_default=True, help="At most this many numbers."
)
@click.option("--stories", metavar="N", type=_Number(1), help="At most this many stories.  [default: all]")
@click.option("--method", type=click.Choice(_METHODS), default="sitrep", show_default=True, help="Who ranks.")
@click.option(
    "--lang", type=_Language(), default=_AUTO, show_default=True, help="Language of the posts: en, ru, or another code."
)
@click.option("--since", type=_Moment(), help="Only posts of a span before now (90m, 24h, 7d), or since a date.")
@click.option("--query", metavar="WORDS", help="Only what has to do with these words.")
def digest(  # noqa: PLR0913 - click hands each option over by its name
    paths: tuple[str, ...],
    form: str,
    *,
    each: bool,
    sentences: int | None,
    words: int | None,
    chars: int | None,
    actors: int,
    numbers: int,
    stories: int | None,
    method: str,
    lang: str,
    since: datetime | None,
    query: str | None,
) -> None:
    """Print the digest of posts.

    PATH is a text (one post), a .jsonl file (one post a line), a Telegram Desktop result.json, or - for standard
    input. No network, no database, no token.

    Of one post its summary is printed, which --sentences, --words and --chars keep short. Of several posts their
    stories are, which --stories keeps few; a summary of them all is only in the JSON.
    """
    from bot.garbage import uncollected

    with uncollected():
        from bot.files import load_posts
        from bot.text.digest import Options

    if not paths and sys.stdin.isatty():
        click.echo("sitrep: reading what you type or paste; end it with Ctrl-D on a line of its own", err=True)
    posts = load_posts(list(paths), sys.stdin.buffer)
    if since:
        posts = _published_since(since, posts)
    if sentences is None and words is None and chars is None:
        sentences = 3
    options = Options(
        method=method,
        sentences=sentences,
        words=words,
        chars=chars,
        actors=actors,
        numbers=numbers,
        query=query,
        lang=None if lang == _AUTO else lang,
    )
    digests = _digests(posts, options, stories, each=each)
    _print_digests(_without_silence(digests, options, form), form, query or "", each=each)


def _published_since(since: datetime, posts: list[Post]) -> list[Post]:
    undated = sum(post.date is None for post in posts)
    if undated == len(posts):
        raise click.UsageError("--since chooses by date, and no post has one")
    if undated:
        click.echo(f"sitrep: --since leaves out {undated} post{'s' * (undated > 1)} without a date", err=True)
    return [post for post in posts if post.date and post.date >= since]


def _digests(posts: list[Post], options: Options, stories: int | None, *, each: bool) -> Iterator[_Made]:
    from bot.text.analysis import analyse
    from bot.text.digest import digest

    for group in [[post] for post in posts] if each else [posts]:
        analyses = [analyse(post, options.lang) for post in group]
        made, too_long = digest(group, analyses, options), None
        if made.stories and not made.sentences:
            (best,) = digest(group, analyses, replace(options, sentences=1, words=None, chars=None)).sentences
            too_long = best.span.text
        told = made.stories[:stories]
        yield _Made(replace(made, stories=told, rest=len(made.stories) - len(told)), group, too_long)


def _without_silence(digests: Iterator[_Made], options: Options, form: str) -> Iterator[tuple[Digest, list[Post]]]:
    """Pass on digests with their posts; in the end say of how many no sentence was short enough, and what would be."""
    best = []
    for made in digests:
        if made.too_long is not None and (form == "json" or len(made.posts) == 1):
            best.append(made.too_long)
        yield made.digest, made.posts
    if not best:
        return
    budgets = {
        "--words": (options.words, max(len(text.split()) for text in best)),
        "--chars": (options.chars, max(map(len, best))),
    }
    given = {option: sizes for option, sizes in budgets.items() if sizes[0] is not None}
    small, enough = (" ".join(f"{option} {sizes[part]}" for option, sizes in given.items()) for part in (0, 1))
    where, of_each = ("", "") if len(best) == 1 else (f"of {len(best)} posts ", " of each")
    click.echo(f"sitrep: {where}no sentence fits into {small}; the best{of_each} does into {enough}", err=True)


def _print_digests(digests: Iterator[tuple[Digest, list[Post]]], form: str, query: str, *, each: bool) -> None:
    from rich.console import Console

    from bot.printing import as_html, as_json, as_markdown, as_text, lay_out, print_on_terminal

    # Bytes, so that it is UTF-8 whatever the locale says.
    if form == "json":
        for digest, _ in digests:
            click.echo(as_json(digest, indent=None if each else 1).encode())
        return
    page = lay_out(list(digests), query)
    if form == "text" and sys.stdout.isatty():
        print_on_terminal(page, Console())
    else:
        write = {"text": as_text, "markdown": as_markdown, "html": as_html}[form]
        click.echo(write(page).encode("utf-8", "replace"), nl=False)
