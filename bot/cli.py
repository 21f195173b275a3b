"""The commands of `sitrep`, thin: each reads its arguments and hands over to the part that does the work.

What a command needs is imported inside it, so that `sitrep digest` does not wait for the bot, nor
`sitrep --help` for the reading.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import __version__
from bot.errors import SitrepError
from bot.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.posts import Digest, Post
    from bot.text.digest import Options

_METHODS = ("sitrep", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction", "edmundson", "lead")


class _Commands(click.Group):
    """The commands; a fault of any becomes one line on standard error, and the exit code of its kind."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SitrepError as fault:
            click.echo(f"sitrep: {' '.join(str(fault).splitlines())}", err=True)
            ctx.exit(fault.exit_code)


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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitrep")
def main() -> None:
    """Read posts and tell what happened, who and how many, in their own words."""


@main.command()
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
@click.option("--sentences", metavar="N", type=click.IntRange(1), help="At most this many sentences.  [default: 3]")
@click.option("--words", metavar="N", type=click.IntRange(1), help="At most this many words.")
@click.option("--chars", metavar="N", type=click.IntRange(1), help="At most this many characters.")
@click.option(
    "--actors", metavar="N", type=click.IntRange(0), default=8, show_default=True, help="At most this many actors."
)
@click.option(
    "--numbers", metavar="N", type=click.IntRange(0), default=8, show_default=True, help="At most this many numbers."
)
@click.option("--method", type=click.Choice(_METHODS), default="sitrep", show_default=True, help="Who ranks.")
@click.option("--lang", default="auto", show_default=True, help="Language of the posts: en, ru, ...")
@click.option("--since", type=_Moment(), help="Only posts of a span before now (90m, 24h, 7d), or since a date.")
@click.option("--query", metavar="WORDS", help="Only what has to do with these words.")
def digest(  # noqa: PLR0913 - one argument for each option of the command
    paths: tuple[str, ...],
    form: str,
    *,
    each: bool,
    sentences: int | None,
    words: int | None,
    chars: int | None,
    actors: int,
    numbers: int,
    method: str,
    lang: str,
    since: datetime | None,
    query: str | None,
) -> None:
    """Print the digest of posts.

    PATH is a text (one post), a .jsonl file (one post a line), a Telegram Desktop result.json, or - for standard
    input. No network, no database, no token.
    """
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
        lang=None if lang == "auto" else lang,
    )
    _print_digests(_digests(posts, options, each=each), form, each=each)


def _published_since(since: datetime, posts: list[Post]) -> list[Post]:
    undated = sum(post.date is None for post in posts)
    if undated == len(posts):
        raise click.UsageError("--since chooses by date, and no post has one")
    if undated:
        click.echo(f"sitrep: --since leaves out {undated} posts that have no date", err=True)
    return [post for post in posts if post.date and post.date >= since]


def _digests(posts: list[Post], options: Options, *, each: bool) -> Iterator[tuple[Digest, list[Post]]]:
    from bot.text.analysis import analyse
    from bot.text.digest import digest

    for group in [[post] for post in posts] if each else [posts]:
        yield digest(group, [analyse(post, options.lang) for post in group], options), group


def _print_digests(digests: Iterator[tuple[Digest, list[Post]]], form: str, *, each: bool) -> None:
    from rich.console import Console

    from bot.printing import as_html, as_json, as_markdown, as_text, lay_out, print_on_terminal

    # Bytes, so that it is UTF-8 whatever the locale says.
    if form == "json":
        for digest, _ in digests:
            click.echo(as_json(digest, indent=None if each else 1).encode())
        return
    page = lay_out(list(digests))
    if form == "text" and sys.stdout.isatty():
        print_on_terminal(page, Console())
    else:
        write = {"text": as_text, "markdown": as_markdown, "html": as_html}[form]
        click.echo(write(page).encode("utf-8", "replace"), nl=False)


@main.command()
def run() -> None:
    """Run the whole bot in one process.

    It asks Telegram for updates, or is posted them at WEBHOOK_URL if that is set.
    """
    _play("run")


@main.command()
def web() -> None:
    """Receive updates at WEBHOOK_URL, for `sitrep worker`.

    One of several processes that share a Postgres; any number of them may run.
    """
    _play("web")


@main.command()
def worker() -> None:
    """Handle updates, make recaps and send messages.

    One of several processes that share a Postgres; any number of them may run, of which one sends.
    """
    _play("worker")


@main.command()
def clock() -> None:
    """Begin recaps when they are due, and delete what is old.

    One of several processes that share a Postgres; of those that run one is active.
    """
    _play("clock")


def _play(role: str) -> None:
    import asyncio

    from bot.app import run
    from bot.logs import set_up_logs
    from bot.settings import load_settings

    settings = load_settings()
    set_up_logs(settings.logs.level, settings.logs.format)
    sys.exit(asyncio.run(run(settings, role)))


@main.command()
@click.option("--from", "source", metavar="URL", help="Copy from a file of SQLite, such as sqlite:///sitrep.sqlite3.")
def migrate(source: str | None) -> None:
    """Bring the database schema up to date.

    With --from all that another database holds is copied into that of DATABASE_URL, which must be Postgres and hold
    nothing else, and both are compared. Stop the bot before. Broken off and begun again, it goes on where it was.
    """
    import asyncio

    from bot.settings import load_settings
    from bot.store.migrate import migrate

    async def copy(source: str, target: str) -> None:
        from bot.store.moving import move

        async for moved in move(source, target):
            copied = f"{moved.copied:,} copied now"
            click.echo(f"{moved.table:17}{moved.rows:12,} rows, the same in both ({copied}; {moved.checksum[:12]})")

    url = load_settings().database.url
    asyncio.run(copy(source, url) if source else migrate(url))


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Copy the database into the file PATH, while the bot runs.

    A file that is there is not replaced. For Postgres use pg_dump.
    """
    from bot.settings import load_settings
    from bot.store.backup import backup

    click.echo(f"{path}: {backup(load_settings().database.url, path):,} bytes")


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any free one.")
@click.option("--no-bot", is_flag=True, help="Only the local Telegram: any bot may use the token.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder to keep everything in.")
def playground(port: int, data: Path | None, *, no_bot: bool) -> None:
    """Try the bot in the browser; no token needed.

    It runs against a local Telegram, which any other bot can use as well.
    """
    from bot.playground.start import TOKEN, play

    sys.exit(play(port, os.environ.get("TELEGRAM_TOKEN") or TOKEN, with_bot=not no_bot, data=data))


@main.command("import")
@click.argument("path", metavar="FILE")
@click.option("--chat", "chat_id", type=int, required=True, help="The id of the chat, such as -1001234567890.")
@click.option("--topic", "thread_id", type=int, default=0, help="The id of a topic, if the chat is a forum.")
@click.option("--dry-run", "dry", is_flag=True, help="Only say what would be kept.")
def import_file(path: str, chat_id: int, thread_id: int, *, dry: bool) -> None:
    """Put posts into the desk of a chat.

    FILE is a Telegram Desktop result.json, what /export sent, a .jsonl file (one post a line), a text (one post), or -
    for standard input. The bot may run meanwhile. Posts that the desk knows are left alone.
    """
    import asyncio

    from rich.console import Console
    from rich.progress import Progress

    from bot.files import load_posts
    from bot.operating.importing import Imported, import_posts
    from bot.posts import Desk
    from bot.settings import load_settings

    async def keep() -> Imported:
        # Progress leaves an empty line behind where nobody watches.
        with Progress(console=Console(stderr=True, quiet=not sys.stderr.isatty()), transient=True) as progress:
            task = progress.add_task("Reading", total=None)
            found = load_posts([path], sys.stdin.buffer)
            async for told in import_posts(load_settings(), Desk(chat_id, thread_id), found, dry=dry):
                progress.update(task, description="Keeping", total=told.total, completed=told.new + told.known)
        return told

    told = asyncio.run(keep())
    click.echo(f"{told.new} posts {'would be' if dry else 'are'} new in the desk; {told.known} it had already.")
    if told.without_room:
        click.echo(f"{told.without_room} older posts found no room: limits.stored_posts says how many a desk holds.")


@main.command()
def doctor() -> None:
    """Check the set-up, and say what to mend.

    It looks at settings, token, database and what waits. Exit code 1 if there is something to mend.
    """
    import asyncio

    from bot.operating.doctor import examine
    from bot.settings import load_settings

    async def print_findings() -> bool:
        well = True
        async for finding in examine(load_settings()):
            well &= finding.is_well
            mark = click.style("ok  ", fg="green") if finding.is_well else click.style("mend", fg="red", bold=True)
            click.echo(f"{mark}  {finding.subject:10}{finding.found}")
            if finding.advice:
                click.echo(f"      {'':10}{finding.advice}")
        return well

    sys.exit(0 if asyncio.run(print_findings()) else 1)


@main.group()
def inbox() -> None:
    """Look at updates that could not be handled."""


@inbox.command("list")
def inbox_list() -> None:
    """List the updates that were given up, the newest first."""
    import asyncio

    from rich.console import Console

    from bot.operating.inbox import list_parked
    from bot.settings import load_settings

    asyncio.run(list_parked(load_settings().database.url, Console()))


@inbox.command("show")
@click.argument("update_id", metavar="ID", type=int)
def inbox_show(update_id: int) -> None:
    """Show an update as Telegram sent it, and what became of it."""
    import asyncio

    from bot.operating.inbox import show
    from bot.settings import load_settings

    click.echo(asyncio.run(show(load_settings().database.url, update_id)), nl=False)


@inbox.command("retry")
@click.argument("update_ids", metavar="ID...", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that were given up.")
def inbox_retry(update_ids: tuple[int, ...], *, everything: bool) -> None:
    """Have updates handled again that were given up.

    A running bot takes them up within a minute.
    """
    import asyncio

    from bot.operating.inbox import retry
    from bot.settings import load_settings

    if bool(update_ids) == everything:
        raise click.UsageError("Name the updates, or say --all.")
    count = asyncio.run(retry(load_settings().database.url, update_ids))
    click.echo(f"{count} {'update is' if count == 1 else 'updates are'} to be handled again.")
