"""`sitrep migrate`, `backup`, `import` and `doctor`: what an operator does beside the bot."""

import sys
from pathlib import Path

import click


@click.command()
@click.option("--from", "source", metavar="URL", help="Copy from a file of SQLite, such as sqlite:///sitrep.sqlite3.")
def migrate(source: str | None) -> None:
    """Bring the database schema up to date.

    With --from all that another database holds is copied into that of DATABASE_URL, which must be Postgres and hold
    nothing else, and both are compared. Stop the bot before. Broken off and begun again, it goes on where it was.
    """
    import asyncio

    from bot.settings import load_settings
    from bot.store.database import shown
    from bot.store.upkeep.migrate import migrate

    async def copy(source: str, target: str) -> None:
        from bot.store.upkeep.moving import move

        async for moved in move(source, target):
            copied = f"{moved.copied:,} copied now"
            click.echo(f"{moved.table:17}{moved.rows:12,} rows, the same in both ({copied}; {moved.checksum[:12]})")

    url = load_settings().database.url
    if source:
        asyncio.run(copy(source, url))
    else:
        asyncio.run(migrate(url))
        click.echo(f"{shown(url)}: up to date")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Copy the database into the file PATH, while the bot runs.

    A file that is there is not replaced. For Postgres use pg_dump.
    """
    from bot.settings import load_settings
    from bot.store.upkeep.backup import backup

    click.echo(f"{path}: {backup(load_settings().database.url, path):,} bytes")


@click.command("import")
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
    is_new = "would be" if dry else "is" if told.new == 1 else "are"
    click.echo(f"{_posts(told.new)} {is_new} new in the desk; {told.known} it had already.")
    if told.without_room:
        click.echo(
            f"{_posts(told.without_room, 'older ')} found no room: limits.stored_posts says how many a desk holds."
        )


def _posts(count: int, which: str = "") -> str:
    return f"{count} {which}post{'' if count == 1 else 's'}"


@click.command()
def doctor() -> None:
    """Check the set-up, and say what to mend.

    It looks at settings, token, database, what waits, and its rights in the channels of recaps. Exit code 1 if there is
    something to mend.
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
