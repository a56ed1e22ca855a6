#!/usr/bin/env python3
"""Synthetic telemetry of three services, sent by the OpenTelemetry Python SDK.

The same story that `watchtower generate` tells: api-gateway, order-service and payment-service of a shop, with
correlated traces, logs and metrics, realistic latencies, failures, retries against a flaky card processor, and an N+1.
"""

from __future__ import annotations

import argparse
import re
import signal
import socket
import sys
import threading
import time

from story import SERVICES, Story

# The generator reports its own progress as a fourth service.
GENERATOR = "watchtower-generator"
REPORT_SECONDS = 5


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--endpoint", default=None, help="HOST:PORT (default localhost:4317, with --http localhost:4318)")
    parser.add_argument("--rate", type=float, default=10, help="requests to the shop a second (default 10)")
    parser.add_argument("--duration", type=float, default=None, help="seconds; default: until Ctrl-C")
    parser.add_argument("--seed", type=int, default=None, help="tell the same story again")
    parser.add_argument("--http", action="store_true", help="OTLP over HTTP instead of gRPC")
    arguments = parser.parse_args()
    if arguments.rate <= 0:
        parser.error("--rate must be greater than 0")
    if arguments.duration is not None and arguments.duration <= 0:
        parser.error("--duration must be greater than 0")
    arguments.endpoint = arguments.endpoint or ("localhost:4318" if arguments.http else "localhost:4317")
    arguments.endpoint = arguments.endpoint.removeprefix("http://").rstrip("/")
    if not re.fullmatch(r"(\[[^\]]+\]|[^:/\s]+):\d{1,5}", arguments.endpoint):
        parser.error(f"--endpoint is HOST:PORT, such as localhost:4317, not {arguments.endpoint!r}")
    return arguments


def expect_listener(endpoint: str) -> None:
    """The SDK would try again and again, and log each time: one try before tells at once that nobody is there."""
    host, port = endpoint.rsplit(":", 1)
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=3).close()
    except (OSError, OverflowError) as error:
        sys.exit(
            f"Nothing was sent: nothing listens at {endpoint} ({error}).\n"
            "Start `watchtower serve`, or name another with --endpoint HOST:PORT."
        )


def main() -> int:
    arguments = parse_arguments()
    expect_listener(arguments.endpoint)
    try:
        from service_telemetry import Delivery, ServiceTelemetry, record
    except ImportError as error:
        sys.exit(f"{error}. Install what it needs: python -m pip install -r requirements.txt")
    delivery = Delivery()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    names = (*SERVICES, GENERATOR)
    services = {name: ServiceTelemetry(name, arguments.endpoint, arguments.http, delivery) for name in names}
    story = Story(arguments.seed)
    started, traces, spans, reported = time.monotonic(), 0, 0, -REPORT_SECONDS
    print(f"Sending {arguments.rate:g} requests/s to {arguments.endpoint}; Ctrl-C stops and flushes.", file=sys.stderr)
    while not stop.is_set():
        elapsed = time.monotonic() - started
        if arguments.duration is not None and elapsed >= arguments.duration:
            break
        while traces < int(elapsed * arguments.rate) + 1:
            step = story.tell()
            spans += record(step, services, time.time_ns() - int(step.duration * 1e6))
            traces += 1
        if elapsed - reported >= REPORT_SECONDS:
            reported = elapsed
            services[GENERATOR].logger.info("sent %d requests with %d spans so far", traces, spans)
        stop.wait(min(1 / arguments.rate, 0.25))
    for telemetry in services.values():
        telemetry.close()
    if delivery.taken == 0:
        print(f"Nothing arrived: {arguments.endpoint} took none of {delivery.failed} requests.", file=sys.stderr)
        return 1
    print(f"Sent {traces} traces with {spans} spans.", file=sys.stderr)
    if delivery.failed > 0:
        total = delivery.taken + delivery.failed
        print(f"Not all of it arrived: {delivery.failed} of {total} requests were not taken.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
