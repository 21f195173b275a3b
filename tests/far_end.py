"""What a Sentry and a collector of OpenTelemetry are to the bot: a server that keeps what is posted to it."""

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, Span
from sentry_sdk.envelope import Envelope
from sentry_sdk.types import Event as Report

KEY = "0123456789abcdef0123456789abcdef"


class FarEnd:
    """Keeps what is posted; with ``silent`` set nothing is ever answered."""

    def __init__(self, silent: Event | None = None) -> None:
        self._posts: list[tuple[str, bytes]] = []
        posts = self._posts

        class _Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                posts.append((self.path, gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body))
                if silent:
                    silent.wait()
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.block_on_close = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def dsn(self) -> str:
        return f"http://{KEY}@127.0.0.1:{self.server.server_port}/7"

    @property
    def bodies(self) -> bytes:
        """All that was received."""
        return b"\n".join(body for _, body in self._posts)

    def reports(self) -> list[Report]:
        """Return what Sentry was told."""
        envelopes = [Envelope.deserialize(body) for path, body in self._posts if path == "/api/7/envelope/"]
        return [event for envelope in envelopes for item in envelope.items if (event := item.get_event())]

    def spans(self, name: str) -> list[dict[str, Any]]:
        """Return the attributes of the spans of a name that have ended."""
        return [attributes(span.attributes) for span in self.all_spans() if span.name == name]

    def all_spans(self) -> list[Span]:
        return [span for resource in self.resources() for scope in resource.scope_spans for span in scope.spans]

    def resources(self) -> list[ResourceSpans]:
        requests = [ExportTraceServiceRequest.FromString(body) for path, body in self._posts if path == "/v1/traces"]
        return [resource for request in requests for resource in request.resource_spans]


def attributes(pairs: Iterable[KeyValue]) -> dict[str, Any]:
    """Read attributes as they are written in the protocol."""
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value") or "") for pair in pairs}


@contextmanager
def far_end(silent: Event | None = None) -> Iterator[FarEnd]:
    far = FarEnd(silent)
    serving = Thread(target=far.server.serve_forever, args=(0.01,), daemon=True)
    serving.start()
    try:
        yield far
    finally:
        if silent:
            silent.set()
        far.server.shutdown()
        far.server.server_close()
        serving.join()
