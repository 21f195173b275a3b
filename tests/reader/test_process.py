import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.errors import ReaderFault
from bot.facts import FactsJson
from bot.posts import Analysis, Post
from bot.reader.process import ReaderProcess
from bot.reader.work import digest_written, load, load_digests
from bot.text.analysis import analyse
from bot.text.digest import Digester, Options, digest, digest_actors

POSTS = [
    Post(id="one", text="A storm left 12,000 people without power in Oslo, the mayor Ann Lee said on Monday."),
    Post(id="two", text="Без газа остались 120 тысяч человек, сообщил мэр \udfff Анна Ли."),
]


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    process = ReaderProcess()
    yield process
    process.close()


def test_it_reads_in_another_process_as_we_do(reader: ReaderProcess) -> None:
    assert [reader.call(analyse, post) for post in POSTS] == [analyse(post) for post in POSTS]
    assert reader.call(os.getpid) != os.getpid()


def test_it_makes_digests_of_what_is_stored_and_of_what_was_just_read(reader: ReaderProcess) -> None:
    first, second = map(analyse, POSTS)
    stored: list[str | Analysis] = [FactsJson(Analysis).write(first), second]
    made = reader.call(digest_written, digest, POSTS, stored, Options())
    assert made == digest(POSTS, [first, second], Options())


def test_once_loaded_it_imports_nothing_more_for_posts_and_digests(reader: ReaderProcess) -> None:
    reader.call(load)
    loaded = reader.call(modules)
    written = [FactsJson(Analysis).write(reader.call(analyse, post)) for post in POSTS]
    assert reader.call(modules) == loaded
    reader.call(load_digests)
    loaded = reader.call(modules)
    makers: list[Digester] = [digest, digest_actors]
    for make in makers:
        reader.call(digest_written, make, POSTS, written, Options(query="Анна"))
    assert reader.call(modules) == loaded


def modules() -> set[str]:
    return set(sys.modules)


def test_what_it_raises_is_raised_here_and_it_goes_on(reader: ReaderProcess) -> None:
    before = reader.call(os.getpid)
    with pytest.raises(ZeroDivisionError) as raised:
        reader.call(operator.truediv, 1, 0)
    assert "bot/reader/__main__.py" in raised.value.__notes__[0]
    assert reader.call(os.getpid) == before


def test_an_exception_that_can_not_travel_is_told_of(reader: ReaderProcess) -> None:
    with pytest.raises(RuntimeError, match="StubbornError"):
        reader.call(raise_stubborn)


class StubbornError(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def raise_stubborn() -> None:
    raise StubbornError(1, 2)


def test_one_that_was_killed_is_followed_by_another(reader: ReaderProcess) -> None:
    os.kill(reader.call(os.getpid), signal.SIGKILL)
    assert reader.call(operator.add, 1, 2) == 3


def test_one_that_is_killed_at_work_does_it_again(reader: ReaderProcess, tmp_path: Path) -> None:
    with capture_logs() as logs:
        assert reader.call(die_once, tmp_path / "died") == "alive"
    assert logs == [{"event": "the reader ended", "log_level": "warning", "while_it": "die_once"}]


def die_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def test_what_ends_it_again_is_given_up_and_the_next_is_read(reader: ReaderProcess) -> None:
    with pytest.raises(ReaderFault, match="again and again"):
        reader.call(os._exit, 1)
    assert reader.call(operator.add, 1, 2) == 3


def test_what_never_ends_is_broken_off_and_the_next_is_read(reader: ReaderProcess) -> None:
    with pytest.raises(ReaderFault, match="longer than 1 s"):
        reader.call(time.sleep, 1000, within=1)
    assert reader.call(operator.add, 1, 2) == 3


def test_it_is_ended_in_the_middle_of_work(reader: ReaderProcess) -> None:
    pid = reader.call(os.getpid)
    with ThreadPoolExecutor(1) as thread:
        sleeping = thread.submit(reader.call, time.sleep, 1000)
        reader.close()
        with pytest.raises(ReaderFault):
            sleeping.result()
    assert not Path(f"/proc/{pid}").exists()


def test_it_stays_when_a_terminal_interrupts_all(reader: ReaderProcess) -> None:
    pid = reader.call(os.getpid)
    os.kill(pid, signal.SIGINT)
    os.kill(pid, signal.SIGTERM)
    assert reader.call(os.getpid) == pid


PARENT = """
import os
from bot.reader.process import ReaderProcess
print(ReaderProcess().call(os.getpid), flush=True)
input()
"""


def test_it_ends_with_the_process_that_started_it() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline().strip().isdigit()
        parent.kill()
        # The reader has the pipe, too: it ends when both are gone.
        assert parent.stdout.read() == b""


PARENT_THAT_DIES_BEFORE_THE_ANSWER = """
import os, signal, time
from bot.reader.process import ReaderProcess
reader = ReaderProcess()
reader.call(os.getpid)
reader._connection.send((os.getpid, ()))
reader._connection.poll(None)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_says_nothing_when_the_process_that_started_it_dies_before_it_has_its_answer() -> None:
    parent = [sys.executable, "-c", PARENT_THAT_DIES_BEFORE_THE_ANSWER]
    died = subprocess.run(parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert (died.returncode, died.stdout) == (-signal.SIGKILL, b"")
