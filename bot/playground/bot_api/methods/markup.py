"""Keyboards: reading and checking `reply_markup`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.bot_api.spec import SPEC
from bot.playground.parsing.links import check_link
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.bot_api.params import Params
    from bot.playground.world.facts import Json

MAX_CALLBACK_DATA = 64
_BUTTON_FIELDS = frozenset(field.name for field in SPEC.fields("InlineKeyboardButton"))
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def read_markup(params: Params) -> tuple[Json | None, Json | None]:
    """Return (inline keyboard, any other keyboard) of a call, each None when there is none.

    Raises:
        Refusal: the keyboard is not one.
    """
    markup = params.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return None, None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"]), None
    if "keyboard" in markup:
        return None, markup | {
            "keyboard": [[_reply_button(button) for button in row] for row in _rows(markup["keyboard"])]
        }
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return None, markup
    return None, None


def _rows(keyboard: Any) -> list[list[Any]]:
    if not isinstance(keyboard, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    for row in keyboard:
        if not isinstance(row, list):
            raise bad_request("expected an Array of Array of InlineKeyboardButton")
    return keyboard


def _inline(keyboard: Any) -> Json | None:
    rows = [[_inline_button(button) for button in row] for row in _rows(keyboard)]
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    shown: Json = {name: value for name, value in button.items() if name in _BUTTON_FIELDS}
    if problems := SPEC.check_object("InlineKeyboardButton", shown):
        raise bad_request(f"can't parse inline keyboard button: {problems[0]}")
    if not any(name in shown for name in _ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = shown.get("callback_data")
    if data is not None and not 0 < len(str(data).encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in shown:
        checked = check_link(str(shown["url"]))
        if not checked:
            raise bad_request(f"inline keyboard button URL '{shown['url']}' is invalid: Wrong HTTP URL")
        return shown | {"url": checked}
    return shown


def _reply_button(button: Any) -> Json:
    shown = {"text": button} if isinstance(button, str) else button
    if not isinstance(shown, dict) or not isinstance(shown.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return shown
