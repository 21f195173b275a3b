"""Files that were sent: kept under an identifier, shown as the Bot API shows them."""

from __future__ import annotations

import hashlib
import mimetypes
import secrets
from typing import TYPE_CHECKING

from bot.playground.refusals import bad_request
from bot.playground.world.facts import File
from bot.playground.world.images import image_size

if TYPE_CHECKING:
    from bot.playground.world.facts import Json, State

MAX_DOWNLOAD = 20 << 20
# td, files/FileLoaderUtils.cpp and FileManager.cpp.
_MAX_UPLOAD = {"photo": 10 << 20}
_MAX_SIDES = 10_000


def keep_file(state: State, kind: str, content: bytes, name: str | None, mime_type: str | None) -> File:
    """Keep an upload.

    Raises:
        Refusal: it is empty, too big for its kind, or no picture where there has to be one.
    """
    if not content:
        raise bad_request("file must be non-empty")
    limit = _MAX_UPLOAD.get(kind)
    if limit and len(content) > limit:
        size = len(content)
        raise bad_request(f"file of size {size} bytes is too big for a {kind}; the maximum size is {limit} bytes")
    if kind == "photo":
        _check_picture(content)
    unique = hashlib.sha256(content + kind.encode()).hexdigest()[:15]
    file = File(secrets.token_urlsafe(40), f"AQ{unique}", content, name, mime_type or _guess(name), kind)
    state.files[file.id] = file
    return file


def new_album_id() -> str:
    """Return the media_group_id of an album that nobody has seen yet."""
    return str(secrets.randbelow(10**17) + 10**16)


def file_fields(file: File) -> Json:
    """Return the field of a message that shows a file, such as {"document": {...}}."""
    shown: Json = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": len(file.content)}
    if file.kind == "photo":
        width, height = image_size(file.content) or (1, 1)
        return {"photo": [shown | {"width": width, "height": height}]}
    if file.name:
        shown["file_name"] = file.name
    if file.mime_type:
        shown["mime_type"] = file.mime_type
    return {"document": shown}


def file_path(file: File) -> str:
    """Return the path under which a file is downloaded."""
    suffix = ".jpg" if file.kind == "photo" else f".{(file.name or 'file.bin').rpartition('.')[2]}"
    return f"{file.kind}s/{file.unique_id}{suffix if suffix[1:].isalnum() else ''}"


def find_by_path(state: State, path: str) -> File | None:
    """Return the file with a path."""
    return next((file for file in state.files.values() if file_path(file) == path), None)


def _check_picture(content: bytes) -> None:
    size = image_size(content)
    if not size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > _MAX_SIDES or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _guess(name: str | None) -> str | None:
    return mimetypes.guess_type(name)[0] if name else None
