"""`sitrep inbox` and `sitrep outbox`: what was given up."""

import click


@click.group()
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


@click.group()
def outbox() -> None:
    """Look at messages that could not be sent."""


@outbox.command("list")
def outbox_list() -> None:
    """List the messages that were given up, the newest first."""
    import asyncio

    from rich.console import Console

    from bot.operating.outbox import list_unsent
    from bot.settings import load_settings

    asyncio.run(list_unsent(load_settings().database.url, Console()))


@outbox.command("show")
@click.argument("message_id", metavar="ID", type=int)
def outbox_show(message_id: int) -> None:
    """Show what was to be sent, and what became of it."""
    import asyncio

    from bot.operating.outbox import show
    from bot.settings import load_settings

    click.echo(asyncio.run(show(load_settings().database.url, message_id)), nl=False)


@outbox.command("retry")
@click.argument("message_ids", metavar="ID...", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that Telegram refused.")
def outbox_retry(message_ids: tuple[int, ...], *, everything: bool) -> None:
    """Have messages sent again that were given up.

    A running bot takes them up within a minute. One that may have been sent is sent again only if it is named, and
    those of recaps not at all: whoever manages a recap can have it posted again.
    """
    import asyncio

    from bot.operating.outbox import retry
    from bot.settings import load_settings

    if bool(message_ids) == everything:
        raise click.UsageError("Name the messages, or say --all.")
    count = asyncio.run(retry(load_settings().database.url, message_ids))
    click.echo(f"{count} {'message is' if count == 1 else 'messages are'} to be sent again.")
