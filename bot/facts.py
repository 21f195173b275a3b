"""Frozen dataclasses as JSON, and back: how they are stored, and handed from process to process."""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError


class FactsJson:
    """Writes and reads the facts of one type.

    The text of a post may hold what neither UTF-8 nor Postgres can: lone surrogates, NUL. In JSON they are escapes.
    """

    def __init__(self, facts: type) -> None:
        self._adapter: TypeAdapter[Any] = TypeAdapter(facts)

    def write(self, value: Any) -> str:
        """Write the JSON of facts."""
        # Not dump_json: it writes infinity as null, which it does not read again, and refuses lone surrogates.
        plain = self._adapter.dump_python(value, mode="json")
        written = json.dumps(plain, ensure_ascii=False)
        try:
            written.encode()
        except UnicodeEncodeError:
            return json.dumps(plain)
        return written

    def read(self, written: str) -> Any:
        """Read the facts that were written."""
        try:
            return self._adapter.validate_json(written)
        except ValidationError:  # pydantic's parser refuses the escape of a lone surrogate
            return self._adapter.validate_python(json.loads(written))
