"""The arguments of a call, however they came: query, form, JSON, multipart.

Values are read as leniently as the server reads them (Query.cpp, to_integer, to_bool).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from bot.playground.refusals import Refusal, bad_request

if TYPE_CHECKING:
    from starlette.requests import Request

_INTEGER = re.compile(r"\s*(-?\d{1,30})")
_TOO_LARGE = 50 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str | None
    content: bytes


@dataclass(slots=True)
class Params:
    """Arguments by name; values are strings, or what a JSON body held."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """Return an argument as text, "" when it was not given."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0, low: int = -(1 << 63), high: int = (1 << 63) - 1) -> int:
        """Return an argument as a number within its limits; what is no number counts as 0."""
        if name not in self:
            return default
        match = _INTEGER.match(self.text(name))
        return min(max(int(match.group(1)) if match else 0, low), high)

    def flag(self, name: str) -> bool:
        """Return an argument as yes or no."""
        return self.text(name).lower() in ("true", "yes", "1")

    def json(self, name: str, what: str) -> Any:
        """Return a JSON argument, None when it was not given.

        Raises:
            Refusal: "can't parse <what> JSON object".
        """
        if name not in self:
            return None
        value = self.values[name]
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def shown(self) -> dict[str, Any]:
        """Return the arguments as the log shows them: JSON read, files by name and size."""
        files = {name: f"<{upload.name}, {len(upload.content)} bytes>" for name, upload in self.uploads.items()}
        return {name: _readable(value) for name, value in self.values.items()} | files


def _readable(value: Any) -> Any:
    """Read a value that a form carried as JSON; leave texts and numbers as they came."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


async def read_params(request: Request) -> Params:
    """Read the arguments of a request.

    Raises:
        Refusal: the body is not what its content type says, or too large.
    """
    params = Params(_read_form(request.scope["query_string"]))
    if request.method != "POST":
        return params
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        await _read_multipart(request, params)
        return params
    body = await request.body()
    if content_type == "application/json":
        params.values |= _read_json(body)
    elif content_type == "application/x-www-form-urlencoded":
        params.values |= _read_form(body)
    return params


def _read_form(body: bytes) -> dict[str, Any]:
    """Read a form; bytes that are no UTF-8 become lone surrogates, which a text refuses."""
    text = body.decode("utf-8", "surrogateescape")
    return dict(parse_qsl(text, keep_blank_values=True, errors="surrogateescape"))


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body) if body.strip() else {}
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object")
    return values


async def _read_multipart(request: Request, params: Params) -> None:
    if int(request.headers.get("content-length", "0")) > _TOO_LARGE:
        raise Refusal(413)
    async with request.form(max_part_size=_TOO_LARGE) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                params.values[name] = value
            else:
                params.uploads[name] = Upload(value.filename or "file", value.content_type, await value.read())
