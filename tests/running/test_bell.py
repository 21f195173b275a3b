from bot.running.bell import Bell
from tests.waiting import until


async def test_who_is_to_be_woken_soon_is_woken_once_for_all_who_ask_for_it() -> None:
    bell, woken = Bell(), list[str]()
    bell.wakes("runs", lambda: woken.append("recapper"))
    bell.wakes("bursts", lambda: woken.append("announcer"))

    async def somebody_is_woken() -> bool:
        return bool(woken)

    for _ in range(2):
        for _ in range(100):
            bell.ring_soon("runs", "bursts")
        assert not woken
        await until(somebody_is_woken)
        assert woken == ["recapper", "announcer"]
        woken.clear()
