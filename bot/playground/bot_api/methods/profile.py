"""What a bot tells of itself: commands, descriptions, the menu button."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.playground.bot_api.methods.registry import Call, method
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.world.facts import Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    """Set the menu of commands for a scope and a language."""
    commands = call.params.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope_key(call)] = [_command(entry) for entry in commands]
    call.telegram.log.tell({"type": "commands", "bot": call.bot.id})
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    """Return the menu of exactly this scope and language."""
    return call.bot.commands.get(_scope_key(call), [])


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    """Forget the menu of this scope and language."""
    call.bot.commands.pop(_scope_key(call), None)
    return True


@method("setMyDescription")
def set_my_description(call: Call) -> bool:
    """Set what an empty chat with the bot shows."""
    call.bot.descriptions[call.params.text("language_code")] = _at_most(call.params.text("description"), 512)
    return True


@method("setMyShortDescription")
def set_my_short_description(call: Call) -> bool:
    """Set what the bot's profile shows."""
    text = _at_most(call.params.text("short_description"), 120)
    call.bot.short_descriptions[call.params.text("language_code")] = text
    return True


@method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    """Set what the button beside the text field does, in one private chat or in all (0)."""
    button = call.params.json("menu_button", "menu button") or {"type": "default"}
    chat = call.params.integer("chat_id")
    if chat:
        call.chat()
    call.bot.menu_buttons[chat] = button
    return True


def commands_for(commands: dict[str, list[Json]], language: str | None, *, in_group: bool = False) -> list[Json]:
    """Return the menu that a user sees in a private chat or a group: narrowest scope first, own language before any."""
    for scope in ("all_group_chats" if in_group else "all_private_chats", "default"):
        for code in (language or "", ""):
            found = commands.get(f'{{"type": "{scope}"}}|{code}')
            if found:
                return found
    return []


def _scope_key(call: Call) -> str:
    scope = call.params.json("scope", "bot command scope") or {"type": "default"}
    return f"{json.dumps(scope, sort_keys=True)}|{call.params.text('language_code')}"


def _command(entry: Any) -> Json:
    if not isinstance(entry, dict):
        raise bad_request("expected an Object as BotCommand")
    command = str(entry.get("command", "")).lstrip("/")
    description = str(entry.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _at_most(text: str, limit: int) -> str:
    if len(text) > limit:
        raise bad_request("text is too long")
    return text
