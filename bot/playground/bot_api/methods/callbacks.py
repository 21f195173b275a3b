"""Answers to pressed buttons and inline queries."""

from __future__ import annotations

from bot.playground.bot_api.methods.registry import Call, method
from bot.playground.refusals import bad_request

# Telegram documents no limit; a quarter of an hour is what bot authors report.
_ANSWERABLE_FOR = 15 * 60
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_MAX_NOTE = 200


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    """Stop the button's spinner; show a note or an alert."""
    text = call.params.text("text")
    if len(text) > _MAX_NOTE:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": call.params.flag("show_alert"), "url": call.params.text("url")}
    return _answer(call, "callback_query_id", answer)


@method("answerInlineQuery")
def answer_inline_query(call: Call) -> bool:
    """Offer results for what a user typed behind the bot's name."""
    results = call.params.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    return _answer(call, "inline_query_id", {"results": results, "next_offset": call.params.text("next_offset")})


def _answer(call: Call, name: str, answer: dict[str, object]) -> bool:
    state = call.world.state
    query = state.queries.get(call.params.text(name))
    fresh = query and call.world.clock.now() - query.made < _ANSWERABLE_FOR
    if not query or query.bot != call.bot.id or not fresh or query.answer is not None:
        raise bad_request(_TOO_OLD)
    query.answer = answer
    call.telegram.log.tell({"type": "answer", "query": query.id, "user": query.user, "answer": answer})
    return True
