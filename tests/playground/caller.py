"""Call the Bot API over HTTP, without a library that would smooth anything."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from typing import Self

Json = dict[str, Any]


_PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reads no certificates, which plain HTTP needs none of


class Caller:
    def __init__(self, url: str, token: str, seconds: float = 60) -> None:
        self._token = token
        self._http = httpx.Client(base_url=f"{url}/bot{token}/", timeout=seconds, trust_env=False, verify=_PLAIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def post(self, method: str, **arguments: Any) -> httpx.Response:
        return self._http.post(method, json=arguments)

    def upload(self, method: str, files: dict[str, tuple[str, bytes]], **arguments: str) -> httpx.Response:
        return self._http.post(method, data=arguments, files=files)

    def ok(self, method: str, **arguments: Any) -> Any:
        """Return the result of a call that must succeed."""
        return result_of(self.post(method, **arguments))

    def refusal(self, method: str, **arguments: Any) -> tuple[int, str]:
        """Return status and description of a call that must be refused."""
        return refusal_of(self.post(method, **arguments))

    def updates(self, **arguments: Any) -> list[Json]:
        found: list[Json] = self.ok("getUpdates", **arguments)
        return found

    def download(self, url: str, path: str) -> bytes:
        answer = self._http.get(f"{url}/file/bot{self._token}/{path}")
        assert answer.status_code == 200
        return answer.content

    def confirm(self) -> None:
        """Confirm all updates that wait."""
        for update in self.updates(offset=-1):
            self.ok("getUpdates", offset=update["update_id"] + 1)


def result_of(answer: httpx.Response) -> Any:
    told = answer.json()
    assert (answer.status_code, told["ok"]) == (200, True), told
    return told["result"]


def refusal_of(answer: httpx.Response) -> tuple[int, str]:
    told = answer.json()
    assert told["ok"] is False, told
    assert told["error_code"] == answer.status_code
    return answer.status_code, told["description"]
