"""The Bot API's own description, and checks of requests and answers against it.

The description is bot-api-10.0.json (data/README.md). A check returns what is wrong in words, it never raises: the
real server is lenient with requests, so a local one that refused more would be unfaithful; the control side lists
what the checks found.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.playground.bot_api.params import Params
    from bot.playground.world.facts import Json

# Sent by the server besides what the documentation lists (Client.cpp, JsonMessage).
_UNDOCUMENTED = {
    "Message": frozenset(
        {
            "forward_from",
            "forward_from_chat",
            "forward_from_message_id",
            "forward_signature",
            "forward_sender_name",
            "forward_date",
            "new_chat_participant",
            "new_chat_member",
            "left_chat_participant",
        }
    )
}
# Accepted by the server besides what the documentation lists.
_OLD_ARGUMENTS = frozenset({"reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview"})
_QUOTED = re.compile(r'"([^"]+)"')
_TAGS = ("type", "status", "source")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a type, or an argument of a method."""

    name: str
    types: tuple[str, ...]
    required: bool
    constant: str | None = None


class Spec:
    """The description, read once."""

    @cached_property
    def _description(self) -> Json:
        packed = files("bot.playground.bot_api").joinpath("data/bot-api-10.0.json.gz").read_bytes()
        description: Json = json.loads(gzip.decompress(packed))
        return description

    @cached_property
    def _fields(self) -> dict[str, dict[str, Field]]:
        return {
            name: {entry["name"]: _field(entry) for entry in described.get("fields", [])}
            for kind in ("types", "methods")
            for name, described in self._description[kind].items()
        }

    @cached_property
    def _required(self) -> dict[str, list[str]]:
        return {
            name: [field.name for field in fields.values() if field.required] for name, fields in self._fields.items()
        }

    @cached_property
    def methods(self) -> frozenset[str]:
        """Return the names of all methods."""
        return frozenset(self._description["methods"])

    @cached_property
    def reactions(self) -> frozenset[str]:
        """Return the emoji that bots may react with; they stand in the prose of ReactionTypeEmoji."""
        fields = self._description["types"]["ReactionTypeEmoji"]["fields"]
        prose = next(field["description"] for field in fields if field["name"] == "emoji")
        return frozenset(_QUOTED.findall(prose))

    def fields(self, name: str) -> list[Field]:
        """Return the fields of a type, or the arguments of a method."""
        return list(self._fields[name].values())

    def check_answer(self, method: str, result: Any) -> list[str]:
        """Return what is wrong with the result of a method."""
        returns = tuple(self._description["methods"][method]["returns"])
        return list(self._check(result, returns, method))

    def check_object(self, kind: str, value: Any) -> list[str]:
        """Return what is wrong with an object of a type."""
        return list(self._check(value, (kind,), kind))

    def check_request(self, method: str, params: Params) -> list[str]:
        """Return what is wrong with the arguments of a call: unknown ones, missing ones, wrong types."""
        arguments = self._fields[method]
        problems = [
            f"{method}: {name} is missing"
            for name in self._required[method]
            if name not in params.values and name not in params.uploads
        ]
        for name, value in params.values.items():
            if argument := arguments.get(name):
                problems += self._check(_plain(value, argument), argument.types, f"{method}: {name}")
            elif name not in _OLD_ARGUMENTS:
                problems.append(f"{method}: no such argument: {name}")
        texts = [str(value) for value in params.values.values()] if params.uploads else []
        for name in params.uploads:
            if name not in arguments and not any(f"attach://{name}" in text for text in texts):
                problems.append(f"{method}: no such argument: {name}")
        return problems

    def _check(self, value: Any, types: tuple[str, ...], where: str) -> Iterator[str]:
        found: list[str] = []
        for kind in types:
            if kind in _CHECKS and _CHECKS[kind](value):
                return
            found = list(self._check_one(value, kind, where))
            if not found:
                return
        yield from found if len(types) == 1 else [f"{where}: {value!r:.80} is none of {', '.join(types)}"]

    def _check_one(self, value: Any, kind: str, where: str) -> Iterator[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                yield f"{where}: {value!r:.80} is no array"
                return
            for index, item in enumerate(value):
                yield from self._check(item, (kind.removeprefix("Array of "),), f"{where}[{index}]")
        elif kind in _CHECKS:
            if not _CHECKS[kind](value):
                yield f"{where}: {value!r:.80} is no {kind}"
        else:
            yield from self._check_fields(value, kind, where)

    def _check_fields(self, value: Any, kind: str, where: str) -> Iterator[str]:
        described = self._description["types"][kind]
        if not isinstance(value, dict):
            yield f"{where}: {value!r:.80} is no {kind}"
            return
        if subtypes := described.get("subtypes"):
            yield from self._check_fields(value, self._subtype(value, subtypes), where)
            return
        fields = self._fields[kind]
        extra = _UNDOCUMENTED.get(kind, frozenset())
        for name, item in value.items():
            if field := fields.get(name):
                yield from self._check(item, field.types, f"{where}.{name}")
            elif name not in extra:
                yield f"{where}: {kind} has no {name}"
        yield from (f"{where}: {kind} lacks {name}" for name in self._required[kind] if name not in value)

    def _subtype(self, value: Json, subtypes: list[str]) -> str:
        """Return the one of several types that an object claims to be by its type, status or source."""
        for subtype in subtypes:
            fields = self._fields[subtype]
            for tag in _TAGS:
                if tag in fields and fields[tag].constant is not None and fields[tag].constant == value.get(tag):
                    return subtype
        if "InaccessibleMessage" in subtypes and value.get("date") == 0:
            return "InaccessibleMessage"
        return subtypes[0]


def _field(entry: Json) -> Field:
    """Read a field; its constant stands in the prose: `Type of the result, must be article`, `always "user"`."""
    constant = None
    words = entry["description"]
    for opening in ("always “", 'always "', "must be "):
        if opening in words:
            constant = words.split(opening, 1)[1].split("”")[0].split('"')[0].split(" ")[0].strip(".*")
            break
    return Field(entry["name"], tuple(entry["types"]), entry["required"], constant)


def _plain(value: Any, argument: Field) -> Any:
    """Return an argument as JSON would give it: forms know only strings."""
    if not isinstance(value, str) or argument.types == ("String",):
        return value
    try:
        read = json.loads(value)
    except ValueError:
        return value
    return value if "String" in argument.types and not isinstance(read, int) else read


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "Integer": _is_integer,
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "InputFile": lambda value: isinstance(value, str),
}

SPEC = Spec()
