"""Everything that can go wrong, by name.

The first line of a fault's docstring is its default message. What a user or an operator reads is
``str(fault)``: one line that names what happened and what to do.

    SitrepError
    ├── SettingFault          a setting has a wrong value                    exit 78
    ├── InputFault            posts can't be read from a file or a stream    exit 65
    │   ├── NotText           it holds bytes that are no text
    │   ├── NotPosts          it holds something else than posts
    │   └── NothingToRead     it holds no text
    ├── StoreFault            the database can't be used
    │   └── SchemaFault       its schema is not the one this version needs
    ├── ApiFault              the Bot API refused or could not be reached
    │   ├── NotSent           surely not carried out: send again
    │   ├── MaybeSent         nobody knows whether it was carried out
    │   └── Refused           the Bot API said no: sending again is of no use
    │       └── TokenFault    the token is wrong                             exit 78
    ├── ReaderFault           the process that reads posts ended, or took too long
    └── ScheduleFault         the words for a schedule make no sense
"""


class SitrepError(Exception):
    """Something went wrong."""

    exit_code = 1

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").split("\n", 1)[0])


class SettingFault(SitrepError):
    """A setting has a wrong value."""

    exit_code = 78


class InputFault(SitrepError):
    """Posts can't be read."""

    exit_code = 65

    def __init__(self, message: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class NotText(InputFault):
    """The file is not text."""


class NotPosts(InputFault):
    """The file holds something else than posts."""


class NothingToRead(InputFault):
    """There is no text in the file."""


class StoreFault(SitrepError):
    """The database can't be used."""


class SchemaFault(StoreFault):
    """The database schema is not the one this version needs: run `sitrep migrate`."""


class ReaderFault(SitrepError):
    """Reading ended the process that reads, again and again."""


class ApiFault(SitrepError):
    """The Bot API could not carry out a call."""


class NotSent(ApiFault):
    """The call did not reach Telegram: it can be sent again."""


class MaybeSent(ApiFault):
    """The connection broke before Telegram answered: the call may have been carried out."""


class Refused(ApiFault):
    """Telegram refused the call."""


class TokenFault(Refused):
    """Telegram does not know this token: set TELEGRAM_TOKEN to the one that @BotFather gave."""

    exit_code = 78


class ScheduleFault(SitrepError):
    """A schedule needs a time of day, such as 09:00."""

    def __init__(self, word: str | None = None) -> None:
        super().__init__(word and f"{word!r} is no part of a schedule")
        self.word = word
