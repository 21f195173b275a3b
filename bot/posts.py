"""The vocabulary: what is read, and what the reading yields.

Facts only: frozen dataclasses without behaviour. Every offset is in code points into the text of the
post exactly as it was given, so ``post.text[span.start:span.end] == span.text`` always holds.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OriginKind(StrEnum):
    """Who may have written a post first: the four kinds of the Bot API's ``MessageOrigin``."""

    USER = "user"
    HIDDEN_USER = "hidden_user"
    CHAT = "chat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote a post first, and where.

    Attributes:
        title: the name as a reader knows it ("Reuters", "Anna K.").
        chat_id: Bot API id of the user, chat or channel; None for hidden users and for files.
        message_id: id of the original message in its channel.
        signature: author's signature under a channel's post.

    """

    kind: OriginKind
    title: str
    username: str | None = None
    chat_id: int | None = None
    message_id: int | None = None
    signature: str | None = None


class MarkKind(StrEnum):
    """Formatting of a stretch of text: the kinds of the Bot API's ``MessageEntity`` that matter to reading."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"
    CODE = "code"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Mark:
    """A formatted stretch of a post's text, in code points; ``url`` is set for links with a hidden address."""

    kind: MarkKind
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One message's text, with its origin.

    Attributes:
        text: exactly as it was given; never changed.
        date: when the original was published, aware; None if nobody knows.
        url: permalink of the original.
        lang: ISO 639-1 code if the sender of the post knows it; else reading detects it.
        marks: the formatting that came with the text.

    """

    id: str
    text: str
    date: datetime | None = None
    origin: Origin | None = None
    url: str | None = None
    lang: str | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def source(self) -> str | None:
        """Name of the channel or person that wrote the post first."""
        return self.origin.title if self.origin else None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where posts are collected: a chat, or one topic of a forum (``thread_id`` 0: the chat has no topics)."""

    chat_id: int
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A verbatim stretch of a post's text."""

    text: str
    post: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence chosen for the summary; ``score`` compares sentences of one digest only."""

    span: Span
    score: float


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    STATE = "state"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, state or group that acts in the posts.

    Attributes:
        name: fullest surface form in the posts, without title ("Nikol Pashinyan").
        role: title or description that the text gives ("Armenian Prime Minister").
        mentions: every place where the actor is named, in the order of the posts.
        key: dictionary form of the name, casefolded: the same for the same actor in other posts.

    """

    name: str
    kind: ActorKind
    role: Span | None
    mentions: tuple[Span, ...]
    score: float
    key: str


class NumberKind(StrEnum):
    """What a number measures."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"


class Qualifier(StrEnum):
    """How exact a number claims to be."""

    EXACT = "="
    ABOUT = "~"
    MORE = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity that carries news.

    Attributes:
        span: qualifier, value and unit or counted noun ("approximately 120,000 people").
        value: in plain units (4.5 million is 4500000); (low, high) for ranges and pairs; None if vague.
        unit: counted noun as written, ISO 4217 code for money, "%" for percent, symbol for measures.
        about: the clause that says what is counted.

    """

    span: Span
    value: float | tuple[float, float] | None
    unit: str | None
    qualifier: Qualifier
    kind: NumberKind
    about: Span | None
    score: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Numbers of one story that count the same thing and differ, newest last."""

    about: Span
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Posts about one event."""

    id: str
    title: Span
    posts: tuple[str, ...]
    sources: int
    score: float
    sentences: tuple[Sentence, ...]
    actors: tuple[Actor, ...]
    numbers: tuple[Number, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What the reading of some posts yields.

    Attributes:
        sentences: in reading order.
        actors, numbers, stories: best first; each post is in at most one story.
        noise: ids of advertising, greetings and signatures, which were left out.
        id: id of the post, when the digest is of one post.
        posts: ids of all posts that it was made of, noise included.
        rest: how many more stories there are, where not all were asked for.

    """

    lang: str
    method: str
    sentences: tuple[Sentence, ...] = ()
    actors: tuple[Actor, ...] = ()
    numbers: tuple[Number, ...] = ()
    stories: tuple[Story, ...] = ()
    noise: tuple[str, ...] = ()
    id: str | None = None
    posts: tuple[str, ...] = ()
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a summary may quote.

    Attributes:
        terms: stems of its content words in order, repeats included.
        headline: it stands as the post's headline.
        weight: 0..1, how fit it is to be quoted alone (boilerplate, questions, dangling pronouns weigh less).

    """

    span: Span
    terms: tuple[str, ...]
    headline: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that reading knows of one post: made once, cached, remade when ``version`` grows.

    Attributes:
        noise: the post is advertising, a greeting, a signature, or a digest of many events.

    """

    post: str
    version: int
    lang: str
    noise: bool
    candidates: tuple[Candidate, ...]
    actors: tuple[Actor, ...]
    numbers: tuple[Number, ...]
