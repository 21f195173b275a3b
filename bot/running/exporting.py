"""Exporting spans to a collector of OpenTelemetry, by HTTP, from a thread of its own.

It needs the extra ``tracing``; who wants no spans never imports it. Sampling, headers and the like are set by the
variables ``OTEL_...`` of OpenTelemetry's specification, which the SDK reads itself.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.semconv.attributes.error_attributes import ERROR_TYPE
from opentelemetry.semconv.attributes.service_attributes import SERVICE_NAME, SERVICE_VERSION
from opentelemetry.trace import StatusCode, Tracer, get_current_span

from bot import __version__
from bot.tracing import Attribute, record

# Below the address of a collector (OpenTelemetry's specification, "Endpoint URLs for OTLP/HTTP").
_PATH = "/v1/traces"
_NAMESPACE = "sitrep."
# So long the last spans may take at the end. Left to itself, the SDK waits 30 s for a collector that does not answer.
_LAST_SECONDS = 2.0


@contextmanager
def exporting(endpoint: str, role: str) -> Iterator[None]:
    """Export what is done in the block to the collector at an address; its faults harm nobody, and are logged."""
    ours = Resource({SERVICE_NAME: "sitrep", SERVICE_VERSION: __version__, f"{_NAMESPACE}role": role})
    # What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say wins.
    resource = Resource.create().merge(ours).merge(OTELResourceDetector().detect())
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint + _PATH)))
    try:
        with record(_Recorder(provider.get_tracer("bot", __version__))):
            yield
    finally:
        closing = Thread(target=provider.shutdown, daemon=True)
        closing.start()
        closing.join(_LAST_SECONDS)


class _Recorder:
    """Keeps spans as OpenTelemetry has them."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    @contextmanager
    def span(self, name: str, attributes: Mapping[str, Attribute]) -> Iterator[None]:
        # The SDK would write down what the exception says, which may quote a post.
        with self._tracer.start_as_current_span(
            name, attributes=_named(attributes), record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except Exception as error:
                span.set_status(StatusCode.ERROR)
                span.set_attribute(ERROR_TYPE, type(error).__qualname__)
                raise

    def note(self, attributes: Mapping[str, Attribute]) -> None:
        get_current_span().set_attributes(_named(attributes))


def _named(attributes: Mapping[str, Attribute]) -> dict[str, str | int | bool]:
    return {_NAMESPACE + name: value for name, value in attributes.items() if value is not None}
