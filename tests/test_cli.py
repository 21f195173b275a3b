"""The commands as a shell meets them: what they print, and how they end."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import main

DATA = Path(__file__).parent / "data"
SEED = DATA / "seed.txt"
RU_NEWS = DATA / "exports" / "ru_news_saved_messages.json"


def sitrep(*arguments: str, stdin: str | bytes = b"") -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def digest_of(*arguments: str, stdin: str | bytes = b"") -> dict[str, Any]:
    result = sitrep("digest", "--format", "json", *arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def start(*arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def line(text: str, **more: str) -> str:
    return json.dumps({"text": text, **more}) + "\n"


def test_the_seed_text_is_told_with_its_actors_their_roles_and_its_numbers() -> None:
    told = digest_of(str(SEED))
    text = SEED.read_text(encoding="utf-8")
    roles = {actor["name"]: actor["role"] and actor["role"]["text"] for actor in told["actors"]}
    assert len(told["sentences"]) == 3
    for span in [*told["sentences"], *told["numbers"]]:
        assert text[span["start"] : span["end"]] == span["text"]
    assert roles["Nikol Pashinyan"] == "Armenian Prime Minister"
    assert {"Vladimir Putin", "Sergei Shoigu", "Suren Papikyan", "Armenian Foreign Ministry"} <= roles.keys()
    (gas,) = [number for number in told["numbers"] if number["text"] == "approximately 120,000 people"]
    assert gas["about"]["text"]


def test_in_a_pipe_the_text_is_plain() -> None:
    process = start("digest", str(SEED))
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert "\nActor: Nikol Pashinyan, Armenian Prime Minister\n" in out.decode()
    assert b"\x1b" not in out


def test_an_export_is_told_by_stories_that_name_their_sources() -> None:
    told = digest_of(str(RU_NEWS))
    assert told["lang"] == "ru"
    assert max(story["sources"] for story in told["stories"]) >= 2
    posts = [post for story in told["stories"] for post in story["posts"]]
    assert len(posts) == len(set(posts))


def test_each_prints_a_line_for_every_post_in_the_order_of_the_input() -> None:
    rows = "".join(line(f"Post number {number} tells of {number} fires.", id=f"p{number}") for number in (3, 1, 2))
    result = sitrep("digest", "--each", "--format", "json", stdin=rows)
    assert [json.loads(row)["id"] for row in result.stdout.splitlines()] == ["p3", "p1", "p2"]


def spans_in(part: Any) -> Iterator[dict[str, Any]]:
    """Find the spans in a part of a digest's JSON."""
    if isinstance(part, dict):
        if "start" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from spans_in(inner)


@pytest.mark.parametrize("name", ["posts_en.jsonl", "posts_ru.jsonl"])
def test_every_span_stands_in_its_post_word_for_word(name: str) -> None:
    path = DATA / "gold" / name
    rows = path.read_text(encoding="utf-8").strip().split("\n")
    posts = {row["id"]: row["text"] for row in map(json.loads, rows)}
    for options in (["--each"], []):
        result = sitrep("digest", *options, "--format", "json", str(path))
        digests = result.stdout.splitlines() if options else [result.stdout]
        spans = list(spans_in([json.loads(digest) for digest in digests]))
        assert len(spans) > len(posts)
        for span in spans:
            assert posts[span["post"]][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_holds_the_same_words(form: str) -> None:
    result = sitrep("digest", "--format", form, str(SEED))
    assert result.exit_code == 0
    for words in ("has submitted a formal appeal", "Nikol Pashinyan", "120,000 people"):
        assert words in result.stdout


@pytest.mark.parametrize(
    ("option", "size"),
    [("--sentences", len), ("--words", lambda texts: len(" ".join(texts).split()))],
)
def test_a_budget_is_kept(option: str, size: Any) -> None:
    for budget in (1, 2, 40):
        told = digest_of(str(SEED), option, str(budget))
        assert size([sentence["text"] for sentence in told["sentences"]]) <= budget


def test_the_budget_of_characters_is_kept() -> None:
    told = digest_of(str(SEED), "--chars", "200")
    assert 0 < sum(len(sentence["text"]) for sentence in told["sentences"]) <= 200


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(("option", "tail"), [("--chars", []), ("--words", []), ("--words", ["--chars", "9"])])
def test_a_budget_for_which_every_sentence_is_too_long_is_told_with_one_that_has_room(
    form: str, option: str, tail: list[str]
) -> None:
    result = sitrep("digest", "--format", form, option, "2", *tail, str(SEED))
    assert result.exit_code == 0
    asked = " ".join([option, "2", *tail])
    told = re.fullmatch(rf"sitrep: no sentence fits into {asked}; the best does into (.+)\n", result.stderr)
    assert told, result.stderr
    if form == "text":
        assert result.stdout == "Read 1 post – no sentence fits\n"
    result = sitrep("digest", "--format", "json", *told[1].split(), str(SEED))
    assert len(json.loads(result.stdout)["sentences"]) == 1
    assert result.stderr == ""


@pytest.mark.parametrize("name", ["posts_en.jsonl", "posts_ru.jsonl"])
def test_of_many_posts_one_line_tells_the_budget_that_has_room_for_each(name: str) -> None:
    arguments = ["digest", "--each", "--format", "json", str(DATA / "gold" / name), "--chars"]
    result = sitrep(*arguments, "1")
    told = re.fullmatch(
        r"sitrep: of (\d+) posts no sentence fits into --chars 1; the best of each does into --chars (\d+)\n",
        result.stderr,
    )
    assert told, result.stderr
    assert int(told[1]) == len(result.stdout.splitlines())
    assert sitrep(*arguments, told[2]).stderr == ""


def test_who_has_nothing_to_tell_is_told_of_no_budget() -> None:
    result = sitrep("digest", "--chars", "1", "--query", "zebra", stdin=line("The bridge was closed on Monday."))
    assert result.stdout == "Read 1 post – nothing about “zebra”\n"
    assert result.stderr == ""


def test_who_looks_for_nothing_is_told_of_no_words() -> None:
    assert sitrep("digest", stdin=line("Subscribe to our channel!")).stdout.endswith(" – nothing to tell\n")


def test_words_looked_for_in_vain_are_shown_without_what_a_terminal_would_obey() -> None:
    rows = line("The bridge was closed on Monday.") + line("The king opened a hospital in Oslo.")
    shown = {"text": "[2J <b>*x*”", "markdown": "\\[2J \\<b>\\*x\\*”", "html": "[2J &lt;b&gt;*x*”"}
    for form, rest in shown.items():
        result = sitrep("digest", "--format", form, "--query", "zebra\x1b[2J\n<b>*x*", stdin=rows)
        assert f"nothing about “zebra {rest}" in result.stdout


def test_stories_can_be_few_and_the_rest_is_counted() -> None:
    everything, few = (digest_of(str(RU_NEWS), *options) for options in ([], ["--stories", "2"]))
    assert few == {**everything, "stories": everything["stories"][:2]}
    shown = sitrep("digest", "--stories", "2", "--chars", "1", str(RU_NEWS))
    assert f" – {len(everything['stories']) - 2} further stories\n" in shown.stdout
    assert shown.stdout.count("\n\n") == 2
    assert shown.stderr == ""  # the budget is that of a summary, which is not printed


def test_a_single_further_story_is_counted_as_one() -> None:
    rows = line("The bridge was closed on Monday.") + line("The king opened a hospital in Oslo.")
    assert sitrep("digest", "--stories", "1", stdin=rows).stdout.endswith("\nRead 2 posts – 1 further story\n")


def test_actors_and_numbers_can_be_few_or_none() -> None:
    told = digest_of(str(SEED), "--actors", "2", "--numbers", "0")
    assert (len(told["actors"]), told["numbers"]) == (2, [])


@pytest.mark.parametrize(
    "method",
    ["sitrep", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction", "edmundson", "lead"],
)
def test_every_method_chooses_sentences_and_names_itself(method: str) -> None:
    told = digest_of(str(SEED), "--method", method, "--sentences", "2")
    assert told["method"] == method
    assert len(told["sentences"]) == 2


def test_a_language_that_is_given_is_not_guessed() -> None:
    assert digest_of("--lang", "ru", stdin="Ok. 5 km.")["lang"] == "ru"


def test_a_query_keeps_the_posts_that_hold_its_words() -> None:
    rows = line("The bridge was closed on Monday.", id="a") + line("The king opened a hospital in Oslo.", id="b")
    told = digest_of("--query", "hospital", stdin=rows)
    assert {sentence["post"] for sentence in told["sentences"]} == {"b"}


def test_since_keeps_what_was_published_since_then_and_tells_of_posts_without_a_date() -> None:
    rows = (
        line("The bridge was closed on Monday.", id="old", date="2024-01-01T00:00:00Z")
        + line("The king opened a hospital in Oslo.", id="new", date="2024-02-01T00:00:00Z")
        + line("Nobody knows when this ship sank.", id="undated")
    )
    result = sitrep("digest", "--format", "json", "--since", "2024-01-15", stdin=rows)
    assert json.loads(result.stdout)["id"] == "new"
    assert "1 post without a date" in result.stderr


def test_since_without_any_date_is_wrong_usage() -> None:
    result = sitrep("digest", "--since", "24h", str(SEED))
    assert result.exit_code == 2
    assert "no post has one" in result.stderr


def test_since_takes_longer_spans_than_the_calendar_has() -> None:
    rows = line("The bridge was closed on Monday.", date="2024-01-01T00:00:00Z")
    assert digest_of("--since", "999999w", stdin=rows)["sentences"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "pdf"],
        ["--sentences", "0"],
        ["--actors", "-1"],
        ["--stories", "0"],
        ["--method", "magic"],
        ["--since", "yesterday"],
        ["--lang", "klingon"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    result = sitrep("digest", *arguments, str(SEED))
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--sentences", "x", "'x' is not a valid whole number."),
        ("--lang", "klingon", "'klingon' is not the code of a language, such as en, ru or de"),
    ],
)
def test_wrong_values_are_told_in_plain_words(option: str, value: str, said: str) -> None:
    assert said in sitrep("digest", option, value, str(SEED)).stderr


@pytest.mark.parametrize("code", ["en", "EN", "en-GB", "en_US"])
def test_a_language_may_be_given_by_any_tag_of_it(code: str) -> None:
    assert digest_of("--lang", code, str(SEED))["lang"] == "en"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "empty.txt: there is nothing to read in it"),
        ("photo.jpg", bytes(range(256)), "photo.jpg:"),
        ("latin.txt", b"one\ncaf\xe9", "latin.txt:2: not UTF-8 text"),
        ("surrogate.txt", b"\xed\xa0\x80", "surrogate.txt:1: not UTF-8 text"),
        ("rows.jsonl", b'{"text": "a"}\n{"text": ', "rows.jsonl:2: not JSON"),
        ("other.json", b'{"a": 1}', "other.json: not an export of Telegram Desktop"),
        ("two\nlines.txt", b"", "two lines.txt: there is nothing to read in it"),
        (".", None, "Is a directory"),
        ("missing.txt", None, "missing.txt: No such file or directory"),
    ],
)
def test_what_cant_be_read_is_told_in_one_line_and_ends_with_65(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = sitrep("digest", str(path))
    assert result.exit_code == 65
    assert result.stdout == ""
    assert result.stderr.startswith("sitrep: ")
    assert result.stderr.count("\n") == 1
    assert told in result.stderr


def test_a_fault_is_told_without_the_secret_of_a_token() -> None:
    result = sitrep("digest", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/posts.txt")
    assert result.stderr.startswith("sitrep: 123456789:…/posts.txt: ")


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
@pytest.mark.parametrize(
    "text",
    ["😀", "a", "!!!", "The\u202e king fled.", "قال رئيس الوزراء إن 120 شخصا لقوا مصرعهم.", "\ud800 5 men fled.", ""],
)
def test_odd_posts_are_answered_in_every_form(form: str, text: str) -> None:
    result = sitrep("digest", "--format", form, stdin=line(text, source=text, url=text, lang="\udfff"))
    assert result.exit_code == 0, result.output
    assert result.stdout


@given(st.text(), st.sampled_from(["text", "json", "markdown", "html"]))
def test_any_text_is_answered(text: str, form: str) -> None:
    assert sitrep("digest", "--format", form, stdin=line(text)).exit_code == 0


@given(st.binary())
def test_any_bytes_are_answered_or_refused_in_one_line(content: bytes) -> None:
    result = sitrep("digest", stdin=content)
    assert result.exit_code in {0, 65}
    assert result.exit_code == 0 or result.stderr.count("\n") == 1


def test_a_megabyte_without_a_space_is_answered() -> None:
    assert sitrep("digest", stdin="a" * 1_000_000).exit_code == 0


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    rows = "".join(line(f"Post number {number} tells of {number} fires.") for number in range(2000))
    with start("digest", "--each", "--format", "json", stdin=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(rows.encode())
        process.stdin.close()
        assert process.stdout.readline().startswith(b'{"version": 1')
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.fixture
def heeding_ctrl_c() -> Iterator[None]:
    """Let processes that are started heed Ctrl-C, even if whoever started the tests in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_ctrl_c")
def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    fifo = tmp_path / "slow.txt"
    os.mkfifo(fifo)
    process = start("digest", str(fifo))
    with fifo.open("wb"):  # opens when the command has begun to read
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 1
    assert b"Traceback" not in err


def test_what_is_printed_is_utf_8_whatever_the_locale() -> None:
    for form in ("text", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "bot", "digest", "--format", form],
            input="Мост открыт.".encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )
        assert "Мост открыт." in done.stdout.decode()
