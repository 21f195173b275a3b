import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import redact

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

PROGRAM = f"""
import logging, structlog
from bot.logs import set_up_logs
set_up_logs("info", "{{form}}")
structlog.get_logger("bot").info("started", chat=5, url="http://localhost/bot{TOKEN}/getMe")
logging.getLogger("httpx").warning("POST http://localhost/bot{TOKEN}/getUpdates")
logging.getLogger("httpx").info("not wanted")
try:
    raise ValueError("no answer to {TOKEN}")
except ValueError:
    structlog.get_logger("bot").exception("failed")
"""


def log_lines(form: str) -> str:
    program = PROGRAM.replace("{form}", form)
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stderr


@pytest.mark.parametrize("form", ["console", "json", "auto"])
def test_the_token_never_reaches_a_log(form: str) -> None:
    log = log_lines(form)
    assert "started" in log
    assert "failed" in log
    assert "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw" not in log
    assert "not wanted" not in log


def test_logs_for_machines_are_one_json_object_a_line() -> None:
    rows = [json.loads(line) for line in log_lines("json").splitlines()]
    assert rows[0]["event"] == "started"
    assert rows[0]["chat"] == 5
    assert rows[0]["level"] == "info"
    assert "ValueError" in rows[-1]["exception"]


@given(
    before=st.text(),
    bot=st.integers(10**6, 10**12),
    secret=st.text("abcdefgXYZ0189_-", min_size=30, max_size=40),
    after=st.sampled_from(["", "/getMe", " ", "'", "\n", '"']),
)
def test_the_secret_half_of_a_token_is_cut_wherever_it_stands(before: str, bot: int, secret: str, after: str) -> None:
    assert f"{bot}:{secret}" not in redact(f"{before} {bot}:{secret}{after}")
    assert f"{bot}:{secret}" not in redact(f"{before}/bot{bot}:{secret}{after}")
