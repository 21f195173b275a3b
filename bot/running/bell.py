"""Wakes those who work through a table when something changed there: a hint, and never the truth."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

Wake = Callable[[], None]
_SOON_SECONDS = 0.25


class Bell:
    """Knows who is to be woken, by the names of tables."""

    def __init__(self) -> None:
        self._wakes: defaultdict[str, list[Wake]] = defaultdict(list)
        self._soon: dict[tuple[str, ...], asyncio.TimerHandle] = {}

    def wakes(self, table: str, wake: Wake) -> None:
        """Have somebody woken whenever something changed in a table."""
        self._wakes[table].append(wake)

    @property
    def is_heard(self) -> bool:
        """Whether there is anybody to be woken."""
        return bool(self._wakes)

    def ring(self, *tables: str) -> None:
        """Wake who works through the tables; here that may be nobody."""
        for table in tables:
            for wake in self._wakes.get(table, ()):
                wake()

    def ring_soon(self, *tables: str) -> None:
        """Ring in a moment, once for all who ask for it until then: who is woken asks the database what there is."""
        if tables not in self._soon:
            self._soon[tables] = asyncio.get_running_loop().call_later(_SOON_SECONDS, self._ring_now, tables)

    def _ring_now(self, tables: tuple[str, ...]) -> None:
        del self._soon[tables]
        self.ring(*tables)

    def ring_all(self) -> None:
        """Wake everybody."""
        self.ring(*self._wakes)
