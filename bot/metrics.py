"""What is counted and measured, for Prometheus; `bot.web.health` serves it.

Every process counts for itself, and from its start. What stands in the database is measured when somebody asks.
Labels have few values, which the code names: no chat, no person and no text becomes one.
"""

from collections.abc import Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__

# When each counter began is known by when the process did.
disable_created_metrics()  # type: ignore[no-untyped-call] # prometheus_client says no type of this one
REGISTRY = CollectorRegistry()
for _collector in (ProcessCollector, PlatformCollector, GCCollector):
    _collector(registry=REGISTRY)

VERSION = Info("sitrep", "The program.", registry=REGISTRY)
VERSION.info({"version": __version__})
RECEIVED = Counter("sitrep_updates_received", "Updates that were new and are stored.", registry=REGISTRY)
HANDLED = Counter("sitrep_updates_handled", "Ends of attempts to handle an update.", ["result"], registry=REGISTRY)
ANALYSED = Counter("sitrep_posts_analysed", "Posts that were read.", ["result"], registry=REGISTRY)
DIGEST_SECONDS = Histogram(
    "sitrep_digest_seconds",
    "Time that a digest took, the reading of posts that were not read before included.",
    registry=REGISTRY,
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
DELIVERED = Counter("sitrep_deliveries", "Ends of attempts to deliver a message.", ["result"], registry=REGISTRY)
RECAP_LATENESS = Histogram(
    "sitrep_recap_lateness_seconds",
    "Time from a slot until its recap was made and waits to be sent.",
    registry=REGISTRY,
    buckets=(1, 5, 15, 30, 60, 120, 300, 900, 3600, 6 * 3600, 12 * 3600),
)
STORE_FAULTS = Counter("sitrep_store_faults", "Times that the database could not be used.", ["by"], registry=REGISTRY)
LEADS = Gauge("sitrep_leads", "1 if this process leads.", ["what"], registry=REGISTRY)

# Whoever asks for a rate wants a zero where nothing has happened yet.
for _counter, _values in (
    (HANDLED, ("handled", "put back", "superseded", "failed", "parked")),
    (ANALYSED, ("read", "failed")),
    (DELIVERED, ("sent", "not sent", "flood", "moved", "refused", "doubtful", "held")),
):
    for _value in _values:
        _counter.labels(_value)


class _Measured(Collector):
    """Gauges that were measured just now."""

    def __init__(self, gauges: Iterable[Metric]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[Metric]:
        return self._gauges


def gauge(name: str, told: str, value: float) -> Metric:
    """Make a gauge of what was measured just now."""
    return GaugeMetricFamily(f"sitrep_{name}", told, value=value)


def exposition(measured: Iterable[Metric]) -> bytes:
    """Write all metrics in the text format of Prometheus, those too that were measured just now."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Measured(measured))
    return generate_latest(REGISTRY) + generate_latest(registry)
