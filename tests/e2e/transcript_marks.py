"""Messages of Telegram as Markdown: what is formatted, and the buttons below."""

from bot.playground.world.facts import Json

_MARKS = {"bold": "**", "italic": "*", "code": "`", "underline": "__", "strikethrough": "~~", "spoiler": "||"}


def as_text(shown: Json) -> str:
    """Write the text of a message, or the caption under what it carries."""
    text, entities = shown.get("text", ""), shown.get("entities", [])
    if "caption" in shown:
        text, entities = shown["caption"], shown.get("caption_entities", [])
    units = text.encode("utf-16-le")
    marks: dict[int, tuple[str, str]] = {}
    for entity in entities:
        before, after = _marks(entity)
        start, end = entity["offset"], entity["offset"] + entity["length"]
        closing, opening = marks.get(start, ("", ""))
        marks[start] = closing, opening + before
        closing, opening = marks.get(end, ("", ""))
        marks[end] = after + closing, opening
    written, place = "", 0
    for cut in sorted(marks):
        written += units[2 * place : 2 * cut].decode("utf-16-le") + "".join(marks[cut])
        place = cut
    written += units[2 * place :].decode("utf-16-le")
    return f"{_carried(shown)}{written}".strip()


def buttons_of(shown: Json) -> list[str]:
    """Write the rows of buttons under a message, and those that take the place of the keyboard."""
    rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
    written = [" ".join(f"[{_label(button)}]" for button in row) for row in rows]
    keys = (shown.get("reply_keyboard") or {}).get("keyboard", [])
    return written + ["⌨️ " + " ".join(f"[{key['text']}]" for key in row) for row in keys]


def _label(button: Json) -> str:
    return f"{button['text']} → {button['url']}" if "url" in button else str(button["text"])


def _marks(entity: Json) -> tuple[str, str]:
    if entity["type"] == "text_link":
        return "[", f"]({entity['url']})"
    if entity["type"] in {"blockquote", "expandable_blockquote"}:
        return "❝", "❞"
    mark = _MARKS.get(entity["type"], "")
    return mark, mark


def _carried(shown: Json) -> str:
    if "document" in shown:
        return f"📎 {shown['document'].get('file_name', 'a file')}\n"
    return "🖼 (a picture)\n" if "photo" in shown else ""
