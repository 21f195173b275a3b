"""Column types that give back exactly what was put in, on every database."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.facts import FactsJson

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# SQLite numbers rows by itself only if the key's type is spelled INTEGER; that has 64 bits there.
RowId = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An instant: microseconds since 1970 in a BIGINT, an aware UTC datetime in Python.

    SQLite has no type for time. A whole number is exact, sorts as time does, and needs no function of the database.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - the base's signature
        """Count the microseconds; a datetime without a time zone is a ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base's signature
        """Make the datetime."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Plain(TypeDecorator[str]):
    """Text from outside as every database can hold it: NUL and lone surrogates become U+FFFD."""

    impl = Text
    cache_ok = True
    _UNHELD = re.compile("[\x00\ud800-\udfff]")

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's signature
        """Replace what can't be held."""
        return None if value is None else self._UNHELD.sub("\ufffd", value)


class Facts(TypeDecorator[Any]):
    """Frozen dataclasses as JSON (`bot.facts`)."""

    impl = Text
    cache_ok = True

    def __init__(self, facts: type) -> None:
        super().__init__()
        self.facts = facts
        self._json = FactsJson(facts)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's signature
        """Write the JSON."""
        return None if value is None else self._json.write(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - the base's signature
        """Read the JSON."""
        return None if value is None else self._json.read(value)


class Stems(TypeDecorator[tuple[str, ...]]):
    """What a text is found by, stem by stem in order, as full-text search of the database wants it.

    SQLite gets them with spaces between them. Postgres gets each with its places, ready to be looked up: its own way of
    splitting a text finds addresses, numbers with signs and more, which SQLite does not.
    """

    impl = Text
    cache_ok = True
    _PLAIN = re.compile(r"[0-9a-z\x80-\ud7ff\ue000-\U0010ffff]+")
    _PLACES = re.compile(r"'([^']+)':([\d,]+)")

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the type of the database."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """Write the stems; one that holds what separates words is a ValueError."""
        if value is None:
            return None
        for stem in value:
            if not self._PLAIN.fullmatch(stem):
                raise ValueError(f"{stem!r} is no stem")
        if dialect.name != "postgresql":
            return " ".join(value)
        places = defaultdict[str, list[str]](list)
        for place, stem in enumerate(value, start=1):
            places[stem].append(str(place))
        return " ".join(f"'{stem}':{','.join(found)}" for stem, found in places.items())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Read them."""
        if value is None:
            return None
        if dialect.name != "postgresql":
            return tuple(value.split())
        places = [(int(place), stem) for stem, found in self._PLACES.findall(value) for place in found.split(",")]
        return tuple(stem for _, stem in sorted(places))
