"""The fixtures of the end-to-end tests: what is tested here is the same process, under worse conditions."""

from tests.e2e.conftest import home, sitrep, start_bot, telegram

__all__ = ["home", "sitrep", "start_bot", "telegram"]
