import subprocess
import sys

STUCK = """
import threading
from bot.running.ending import end_within
threading.Thread(target=threading.Event().wait).start()
end_within(0.1)
"""


def test_a_thread_that_waits_for_ever_does_not_keep_the_process_from_ending() -> None:
    ended = subprocess.run([sys.executable, "-c", STUCK], check=False, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0
    assert "something does not end by itself" in ended.stdout + ended.stderr
