"""The control side as a client calls it, over HTTP."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import httpx

from bot.playground.control.named import Impossible

if TYPE_CHECKING:
    from typing import Self

# It is plain HTTP to this machine: certificates, which take 20 ms to read, are not needed.
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Wire:
    """The connection to the control side of a running local Telegram.

    Args:
        url: where it is, such as http://127.0.0.1:8765.

    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=f"{url}/_control", timeout=30, trust_env=False, verify=_NO_CERTIFICATES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the server."""
        self._http.close()

    def act(self, action: str, **arguments: Any) -> Any:
        """Call an action of the control side.

        Raises:
            Impossible: it says why it can't be done.
        """
        return _checked(self._http.post(f"/{action}", json=arguments))

    def read(self, path: str) -> Any:
        """Read from the control side."""
        return _checked(self._http.get(path))

    def save(self) -> bytes:
        """Return everything as JSON."""
        return self._http.get("/state").content

    def load(self, saved: bytes) -> None:
        """Put what was saved in place of everything."""
        _checked(self._http.post("/state", content=saved, headers={"Content-Type": "application/json"}))


def _checked(answer: httpx.Response) -> Any:
    told = answer.json()
    if not answer.is_success:
        raise Impossible(told["error"])
    return told
