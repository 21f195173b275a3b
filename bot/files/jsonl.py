"""Read posts from JSON Lines: one object a line, of which only ``text`` is required."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field, StrictStr, ValidationError

from bot.errors import NothingToRead, NotPosts
from bot.posts import Origin, OriginKind, Post


def _in_utc(date: datetime) -> datetime:
    try:
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("a date beyond the calendar") from None


class _Row(BaseModel):
    """A line, checked; keys that we don't know are left alone."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    text: StrictStr
    id: str | None = None
    date: Annotated[datetime, AfterValidator(_in_utc)] | None = None
    source: str | None = Field(None, validation_alias=AliasChoices("source", "channel"))
    url: str | None = None
    lang: str | None = None


def read_jsonl(text: str, name: str) -> list[Post]:
    """Read one post from each line that is not blank; a post without id gets ``name:line``.

    A date without a zone is taken as UTC.

    Raises:
        NotPosts: names the file, the line and what is wrong with it.
        NothingToRead: all lines are blank.

    """
    posts = []
    # Only "\n" ends a line here: splitlines() would also break at U+2028, which JSON allows inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            posts.append(_read_line(line, f"{name}:{number}", number))
    if not posts:
        raise NothingToRead(f"{name}: there is nothing to read in it")
    return posts


def read_rows(rows: object, name: str) -> list[Post]:
    """Read posts from a list of such objects, as /export of the bot writes it.

    Raises:
        NotPosts: it is no such list.
        NothingToRead: it is empty.

    """
    if not isinstance(rows, list):
        raise NotPosts(f"{name}: its posts are no list")
    if not rows:
        raise NothingToRead(f"{name}: there is nothing to read in it")
    return [_read_row(row, f"{name}: post {number}") for number, row in enumerate(rows, start=1)]


def _read_line(line: str, place: str, number: int) -> Post:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise NotPosts(f"{place}: not JSON: {error.msg} at character {error.pos + 1}", number) from None
    except (ValueError, RecursionError) as error:  # an integer of thousands of digits; thousands of brackets
        raise NotPosts(f"{place}: no JSON that can be read: {error}", number) from None
    return _read_row(found, place, number)


def _read_row(found: Any, place: str, line: int | None = None) -> Post:
    if not isinstance(found, dict):
        raise NotPosts(f"{place}: not a JSON object", line)
    try:
        row = _Row.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise NotPosts(f"{place}: {key}: {first['msg']}", line) from None
    return Post(
        id=row.id if row.id is not None else place,
        text=row.text,
        date=row.date,
        origin=Origin(OriginKind.CHANNEL, row.source) if row.source else None,
        url=row.url,
        lang=row.lang,
    )
