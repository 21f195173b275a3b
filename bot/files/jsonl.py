"""Read posts from JSON Lines: one object a line, of which only ``text`` is required."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field, StrictStr, ValidationError

from bot.errors import NothingToRead, NotPosts
from bot.files.walk import Walk
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


def read_jsonl(text: str, name: str) -> Iterator[Post]:
    """Read one post from each line that is not blank, one after the other; a post without id gets ``name:line``.

    A date without a zone is taken as UTC.

    Raises:
        NotPosts: names the file, the line and what is wrong with it.
        NothingToRead: all lines are blank.

    """
    is_empty = True
    for number, line in enumerate(_lines(text), start=1):
        if line.strip():
            is_empty = False
            yield _read_line(line, f"{name}:{number}", number)
    if is_empty:
        raise NothingToRead(f"{name}: there is nothing to read in it")


def _lines(text: str) -> Iterator[str]:
    """Cut a text into lines; only a line feed ends one, since JSON allows the others inside a string."""
    begin = 0
    while (end := text.find("\n", begin)) >= 0:
        yield text[begin:end]
        begin = end + 1
    yield text[begin:]


def read_rows(walk: Walk, name: str) -> Iterator[Post]:
    """Read posts from a list of such objects, as /export of the bot writes it, one after the other.

    Raises:
        NotPosts: it is no such list.
        NothingToRead: it is empty.

    """
    if not walk.sees("["):
        raise NotPosts(f"{name}: its posts are no list")
    number = 0
    for number, _ in enumerate(walk.elements(), start=1):
        yield _read_row(walk.value(), f"{name}: post {number}")
    if not number:
        raise NothingToRead(f"{name}: there is nothing to read in it")


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
