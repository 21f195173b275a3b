"""What the reader is asked to do, beside what ``bot.text`` has."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.facts import FactsJson
from bot.garbage import uncollected
from bot.posts import Analysis, Digest, Post
from bot.reader.faults import portable
from bot.text.analysis import analyse
from bot.text.digest import Digester, Options, digest
from bot.text.stems import post_stems

_ANALYSES = FactsJson(Analysis)
_FIRST_POSTS = (
    Post("en", "The mayor of Oslo, Ann Lee, said on Monday that 500 people had left the town."),
    Post("ru", "Мэр Осло Анна Ли сообщила в понедельник, что город покинули 500 человек."),
)


@dataclass(frozen=True, slots=True)
class ReadPost:
    """What reading made of a post that came.

    Attributes:
        analysis: of the post; None if reading failed at it.
        stems: what it is found by; None if that failed.
        faults: what failed.

    """

    analysis: Analysis | None = None
    stems: tuple[str, ...] | None = None
    faults: tuple[Exception, ...] = ()


def load() -> None:
    """Load what reading needs for the languages that are read best, so that the first post does not wait for it."""
    with uncollected():
        for post in _FIRST_POSTS:
            analyse(post)


def load_digests() -> None:
    """Load what digests need beside that: the first one would wait for 180 modules, most of which sumy imports."""
    with uncollected():
        digest(_FIRST_POSTS, [analyse(post) for post in _FIRST_POSTS], Options(query="Осло"))


def digest_written(
    make: Digester, posts: Sequence[Post], analyses: Sequence[str | Analysis], options: Options
) -> Digest:
    """Make a digest as ``make`` does, of analyses some of which are the JSON that is stored: to read that is work."""
    read = [_ANALYSES.read(one) if isinstance(one, str) else one for one in analyses]
    return make(posts, read, options)


def read_new(posts: Sequence[Post]) -> list[ReadPost]:
    """Read posts that came; a fault at one is told with it, and costs the others nothing."""
    return [_read_new(post) for post in posts]


def _read_new(post: Post) -> ReadPost:
    analysis, stems, faults = None, None, []
    try:
        analysis = analyse(post)
    except Exception as error:  # noqa: BLE001 - reading has faults that nobody knows of yet
        faults.append(portable(error))
    try:
        stems = post_stems(post)
    except Exception as error:  # noqa: BLE001 - the same
        faults.append(portable(error))
    return ReadPost(analysis, stems, tuple(faults))


def stems_of_all(posts: Sequence[Post]) -> list[tuple[str, ...]]:
    """Return what each post is found by."""
    return [post_stems(post) for post in posts]
