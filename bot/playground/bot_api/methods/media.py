"""Photos, documents, albums, and getting files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.bot_api.methods.registry import Call, method
from bot.playground.bot_api.methods.sending import read_caption, send, target
from bot.playground.parsing.formatted import caption_fields
from bot.playground.refusals import Refusal, bad_request
from bot.playground.world.storage import MAX_DOWNLOAD, file_fields, file_path, keep_file, new_album_id

if TYPE_CHECKING:
    from bot.playground.world.facts import File, Json

_PERMISSIONS = {"photo": "can_send_photos", "document": "can_send_documents"}
_MOST_IN_ALBUM = 10


@method("sendPhoto")
def send_photo(call: Call) -> Json:
    """Send a picture."""
    return _send_file(call, "photo")


@method("sendDocument")
def send_document(call: Call) -> Json:
    """Send a file."""
    return _send_file(call, "document")


@method("sendMediaGroup")
def send_media_group(call: Call) -> list[Json]:
    """Send an album: one message for each part, with a group id in common; all parts or none."""
    parts = call.params.json("media", "media")
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise bad_request("expected an Array of InputMedia")
    if not parts:
        raise bad_request("there are no messages to send")
    if len(parts) > _MOST_IN_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {str(part.get("type")) for part in parts}
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    chat = target(call, _PERMISSIONS.get(min(kinds), "can_send_messages"))
    contents = [_part(call, number, part) for number, part in enumerate(parts, 1)]
    group = {"media_group_id": new_album_id()}
    return [send(call, chat, group | content).shown for content in contents]


@method("getFile")
def get_file(call: Call) -> Json:
    """Tell where a file can be downloaded."""
    file = call.world.state.files.get(call.params.text("file_id"))
    if not file:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    shown = {"file_id": file.id, "file_unique_id": file.unique_id}
    return shown | {"file_size": len(file.content), "file_path": file_path(file)}


def _send_file(call: Call, kind: str) -> Json:
    caption = read_caption(call)
    chat = target(call, _PERMISSIONS[kind])
    if kind not in call.params and kind not in call.params.uploads:
        raise bad_request(f"there is no {kind} in the request")
    return send(
        call, chat, file_fields(_file(call, kind, call.params.text(kind) or f"attach://{kind}")) | caption
    ).shown


def _part(call: Call, number: int, part: Json) -> Json:
    """Return the content of a part of an album.

    Raises:
        Refusal: names the part, as the server does.
    """
    try:
        kind = str(part.get("type"))
        if kind not in _PERMISSIONS:
            raise bad_request(f"type {kind!r} is not supported by the local server")
        caption = caption_fields(
            str(part.get("caption") or ""), str(part.get("parse_mode") or ""), part.get("caption_entities")
        )
        return file_fields(_file(call, kind, _source(part))) | caption
    except Refusal as refusal:
        message = refusal.description.removeprefix("Bad Request: ")
        raise bad_request(f'failed to send message #{number} with the error message "{message}"') from None


def _source(part: Json) -> str:
    source: Any = part.get("media")
    if not source or not isinstance(source, str):
        raise bad_request("media not found")
    return source


def _file(call: Call, kind: str, source: str) -> File:
    """Return the file that an argument means: an upload that it names, or one that is known by its id."""
    name = source.removeprefix("attach://")
    upload = call.params.uploads.get(name)
    if upload and source.startswith("attach://"):
        return keep_file(call.world.state, kind, upload.content, upload.name, upload.mime_type)
    if source.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = call.world.state.files.get(source)
    if not file:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file
