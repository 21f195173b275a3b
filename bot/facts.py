"""Frozen dataclasses as JSON, and back: how they are stored, and handed from process to process."""

import json
from typing import Any

import msgspec


class FactsJson:
    """Writes and reads the facts of one type.

    The text of a post may hold what neither UTF-8 nor Postgres can: lone surrogates, NUL. In JSON they are escapes.
    """

    def __init__(self, facts: type) -> None:
        self._facts = facts
        # A summary reads hundreds of analyses: pydantic takes twice as long.
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(facts)

    def write(self, value: Any) -> str:
        """Write the JSON of facts."""
        # Not msgspec.json.encode: it writes infinity as null, and refuses lone surrogates.
        plain = msgspec.to_builtins(value)
        written = json.dumps(plain, ensure_ascii=False)
        try:
            written.encode()
        except UnicodeEncodeError:
            return json.dumps(plain)
        return written

    def read(self, written: str) -> Any:
        """Read the facts that were written.

        Raises:
            msgspec.ValidationError: they are not of the type.

        """
        try:
            return self._decoder.decode(written)
        except msgspec.DecodeError:  # of the escape of a lone surrogate, and of infinity
            return msgspec.convert(json.loads(written), self._facts)
