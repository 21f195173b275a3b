"""Exceptions on their way from the reader to our process."""

import copy
import pickle
import traceback

Frame = tuple[str, int, str]

_FRAMES = "frames_in_reader"


def portable(error: Exception) -> Exception:
    """Return an exception as it can be sent to another process, with the traceback as a note."""
    told = "".join(traceback.format_exception(error))
    frames = [(frame.filename, frame.lineno or 0, frame.name) for frame in traceback.extract_tb(error.__traceback__)]
    error.add_note(told)
    setattr(error, _FRAMES, frames)
    try:
        pickle.dumps(error)
        copy.copy(error)  # made anew in the way in which it is there
    except Exception:  # noqa: BLE001 - a class of exceptions may do whatever it likes when it is taken apart or made anew
        error = RuntimeError(told)
        setattr(error, _FRAMES, frames)
    return error


def frames_of(error: BaseException) -> list[Frame]:
    """Tell where in the reader an exception was raised: file, line and function, the innermost last."""
    frames: list[Frame] = getattr(error, _FRAMES, [])
    return frames
