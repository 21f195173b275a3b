"""Exceptions on their way from the reader to our process."""

import pickle
import traceback


def portable(error: Exception) -> Exception:
    """Return an exception as it can be sent to another process, with the traceback as a note."""
    told = "".join(traceback.format_exception(error))
    error.add_note(told)
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever such an exception does when it is made anew
        return RuntimeError(told)
    return error
