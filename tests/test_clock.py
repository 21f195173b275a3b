import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.playground.serving import serving
from tests.waiting import until


def test_the_time_is_that_of_the_machine() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


async def test_the_clock_of_a_local_telegram_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.FILE, str(tmp_path / "clock"))
    jumps: list[datetime] = []
    with serving(clock=tmp_path / "clock") as telegram:
        watching = asyncio.create_task(clock.watch(lambda: jumps.append(clock.now())))
        await asyncio.sleep(0)
        shown = datetime.fromtimestamp(await asyncio.to_thread(telegram.advance, 3600), UTC)

        async def jumped() -> bool:
            return bool(jumps)

        await until(jumped)
        watching.cancel()
    assert timedelta(0) <= jumps[0] - shown < timedelta(minutes=1)
    assert clock.seconds_until(shown) == 0
    assert 0 < clock.seconds_until(shown + timedelta(hours=1)) <= 3600


async def test_a_clock_that_nobody_can_move_needs_no_watching() -> None:
    await asyncio.wait_for(clock.watch(lambda: None), 1)
