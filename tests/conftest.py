"""What holds for all tests."""

import structlog
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.postgres", "tests.sqlite"]

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("sitrep", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sitrep")

# A traceback of rich, with all local variables, takes seconds for each fault that a test provokes.
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)
