"""Have the picture of a recap drawn; whatever goes wrong with that, the recap goes without."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.posts import Analysis
from bot.recap import Recap
from bot.recaps.chart import Labels, chart
from bot.recaps.compose import Composed
from bot.telegram.texts import Texts

_log = structlog.get_logger(__name__)

# The course of time begins with the posts since the last recap, but shows a day if that was less long ago.
_SHORTEST = timedelta(days=1)


async def picture_of(
    recap: Recap, composed: Composed, analyses: Mapping[int, Analysis], texts: Texts, now: datetime
) -> bytes | None:
    """Draw the picture of a recap, as PNG; None if it can't be drawn.

    Args:
        recap: wants one.
        composed: what it tells.
        analyses: by seq, of the posts of its stories.
        texts: in its language and time zone.
        now: when it is made.

    """
    try:
        return await asyncio.to_thread(_draw, recap, composed, analyses, texts, now)
    except Exception:  # noqa: BLE001 - a picture is an extra: nothing about it may hold the recap up
        _log.exception("the picture of a recap can't be drawn", recap=recap.id)
        return None


def _draw(recap: Recap, composed: Composed, analyses: Mapping[int, Analysis], texts: Texts, now: datetime) -> bytes:
    from bot.recaps.picture import draw  # noqa: PLC0415 - matplotlib takes 20 MB and a second: only if it is needed

    longest = max(_SHORTEST, now - recap.told_at) if recap.told_at else _SHORTEST
    counted = chart(composed, analyses, ZoneInfo(texts.timezone), longest)
    dates = [post.date for post in composed.posts if post.date and post.date >= now - longest]
    labels = Labels(
        title=recap.title,
        about=texts.period(min(dates), max(dates), now) if dates else "",
        actors=texts.say("picture-actors"),
        stories=texts.say("picture-stories"),
        others=texts.say("picture-others"),
        ticks=tuple(texts.tick(counted.stretches[place], now) for place in counted.ticks),
    )
    return draw(counted, labels)
