#!/usr/bin/env python3
"""Synthetic telemetry of three services, sent by the OpenTelemetry Python SDK.

The same story that `watchtower generate` tells: api-gateway, order-service and payment-service of a shop, with
correlated traces, logs and metrics, realistic latencies, failures, retries against a flaky card processor, and an N+1.
"""

from __future__ import annotations

import argparse
import logging
import math
import random
import signal
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field

from opentelemetry import trace
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode

SERVICES = ("api-gateway", "order-service", "payment-service")
# The generator reports its own progress as a fourth service.
GENERATOR = "watchtower-generator"
SCOPE = GENERATOR
REPORT_SECONDS = 5
REGIONS = ("eu-central", "us-east", "ap-south")
KINDS = {"server": SpanKind.SERVER, "client": SpanKind.CLIENT, "internal": SpanKind.INTERNAL}
DURATION_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
QUERIES = {
    "SELECT": "SELECT * FROM {} WHERE id = $1",
    "INSERT": "INSERT INTO {} (id, customer, amount) VALUES ($1, $2, $3)",
    "UPDATE": "UPDATE {} SET state = $2 WHERE id = $1",
}


@dataclass
class Step:
    """One span of a story; times in milliseconds, `start` counted from the parent's start."""

    service: str
    name: str
    kind: str
    duration: float
    attributes: dict
    start: float = 0.0
    error: tuple[str, str] | None = None
    logs: list[tuple[float, int, str, dict]] = field(default_factory=list)
    children: list["Step"] = field(default_factory=list)

    def log(self, level: int, body: str, attributes: dict) -> None:
        self.logs.append((self.duration, level, body, attributes))

    def fail(self, status: int, kind: str, message: str) -> None:
        self.attributes["http.response.status_code"] = status
        self.attributes["error.type"] = kind
        self.error = (kind, message)
        if self.kind == "server":
            self.log(logging.ERROR, message, {"exception.type": kind})

    def run(self, children: list["Step"], gap: float = 0.4) -> "Step":
        """Puts the children one after another, and stretches this step around them."""
        cursor = self.duration
        for child in children:
            child.start = cursor + gap
            cursor = child.start + child.duration
            self.children.append(child)
        self.duration = cursor + gap
        return self


class Story:
    """Invents requests to the shop; repeats itself for the same seed."""

    def __init__(self, seed: int | None) -> None:
        self.random = random.Random(seed)

    def tell(self) -> Step:
        customer = f"customer-{self.random.randint(1, 40)}"
        roll = self.random.random()
        if roll < 0.45:
            return self.place_order(customer)
        if roll < 0.75:
            return self.read_order(customer)
        return self.list_orders(customer)

    def place_order(self, customer: str) -> Step:
        order, cents = self.order_id(), self.random.randint(500, 25_000)
        create = self.server("order-service", "POST", "/orders", {"order.id": order, "order.amount_cents": cents})
        charge = self.charge_card(order, cents)
        steps = [
            self.internal("order-service", "validate order", 2, {"order.items": self.random.randint(1, 6)}),
            self.query("order-service", "INSERT", "orders", 6),
            charge,
        ]
        if charge.error:
            steps.append(self.query("order-service", "UPDATE", "orders", 4))
        create.run(steps)
        if charge.error:
            create.fail(502, charge.error[0], f"payment for {order} failed: {charge.error[1]}")
        else:
            create.log(logging.INFO, f"order {order} placed", {"order.id": order, "customer.id": customer})
        return self.enter(customer, "POST", "/api/orders", create)

    def charge_card(self, order: str, cents: int) -> Step:
        """Up to three attempts against a card processor that sometimes answers 503."""
        payment = self.server(
            "payment-service", "POST", "/charge", {"order.id": order, "payment.amount_cents": cents}
        )
        declined, flaky = self.random.random() < 0.03, self.random.random() < 0.12
        attempts: list[Step] = []
        for attempt in (1, 2, 3):
            unavailable = flaky and (attempt < 3 or self.random.random() < 0.35)
            call = self.client("payment-service", "POST", "card-processor.example", 140 if unavailable else 45)
            if attempt > 1:
                call.attributes["http.request.resend_count"] = attempt - 1
            attempts.append(call)
            if not unavailable:
                call.attributes["http.response.status_code"] = 402 if declined else 200
                break
            call.fail(503, "ServiceUnavailable", "card processor answered 503")
        payment.run(attempts, 8)
        for attempt, call in enumerate(attempts, start=1):
            if call.error:
                body = f"attempt {attempt} of 3 to charge {order} failed, card processor answered 503"
                details = {"order.id": order, "attempt": attempt}
                payment.logs.append((call.start + call.duration, logging.WARNING, body, details))
        if declined:
            payment.fail(402, "CardDeclined", "card declined by issuer")
        elif attempts[-1].error:
            payment.fail(503, "RetriesExhausted", "card processor unavailable after 3 attempts")
        else:
            payment.log(logging.INFO, f"charged {cents / 100:.2f} EUR for {order}", {"order.id": order})
        return self.call("order-service", payment)

    def read_order(self, customer: str) -> Step:
        order = self.order_id()
        read = self.server("order-service", "GET", "/orders/{id}", {"order.id": order})
        slow = self.random.random() < 0.04
        read.run([self.query("order-service", "SELECT", "orders", 900 if slow else 5)])
        if self.random.random() < 0.06:
            read.attributes["http.response.status_code"] = 404
            read.log(logging.INFO, "order not found", {"order.id": order})
        return self.enter(customer, "GET", "/api/orders/{id}", read)

    def list_orders(self, customer: str) -> Step:
        """The classic N+1: one query for the list, then one for each order's items."""
        count = self.random.randint(6, 18)
        listing = self.server("order-service", "GET", "/orders", {"order.count": count})
        queries = [self.query("order-service", "SELECT", "orders", 8)]
        queries += [self.query("order-service", "SELECT", "order_items", 4) for _ in range(count)]
        listing.run(queries)
        listing.log(logging.DEBUG, f"loaded {count} orders with {count + 1} queries", {"order.count": count})
        return self.enter(customer, "GET", "/api/orders", listing)

    def enter(self, customer: str, method: str, route: str, inner: Step) -> Step:
        entry = self.server(
            "api-gateway", method, route, {"customer.id": customer, "cloud.region": self.random.choice(REGIONS)}
        )
        status = inner.attributes["http.response.status_code"]
        entry.attributes["http.response.status_code"] = status
        if inner.error:
            entry.fail(status, *inner.error)
        entry.run(
            [self.internal("api-gateway", "authenticate", 3, {"enduser.id": customer}), self.call("api-gateway", inner)]
        )
        level = logging.ERROR if status >= 500 else logging.WARNING if status >= 400 else logging.INFO
        entry.log(level, f"{method} {route} {status} {entry.duration:.0f}ms", {"http.route": route})
        return entry

    def call(self, caller: str, callee: Step) -> Step:
        network = self.latency(1.2)
        call = self.client(caller, callee.attributes["http.request.method"], callee.service, network)
        status = callee.attributes["http.response.status_code"]
        call.attributes["http.response.status_code"] = status
        if callee.error:
            call.fail(status, *callee.error)
        return call.run([callee], network)

    def server(self, service: str, method: str, route: str, attributes: dict) -> Step:
        basics = {
            "http.request.method": method,
            "http.route": route,
            "url.scheme": "http",
            "http.response.status_code": 201 if method == "POST" else 200,
        }
        return Step(service, f"{method} {route}", "server", self.latency(1.5), {**basics, **attributes})

    def client(self, service: str, method: str, host: str, median: float) -> Step:
        attributes = {
            "http.request.method": method,
            "server.address": host,
            "server.port": 443,
            "url.full": f"https://{host}/",
        }
        return Step(service, method, "client", self.latency(median), attributes)

    def query(self, service: str, operation: str, table: str, median: float) -> Step:
        attributes = {
            "db.system.name": "postgresql",
            "db.namespace": "shop",
            "db.operation.name": operation,
            "db.collection.name": table,
            "db.query.text": QUERIES[operation].format(table),
        }
        return Step(service, f"{operation} {table}", "client", self.latency(median), attributes)

    def internal(self, service: str, name: str, median: float, attributes: dict) -> Step:
        return Step(service, name, "internal", self.latency(median), attributes)

    def order_id(self) -> str:
        return f"order-{self.random.randint(10_000, 99_999)}"

    def latency(self, median: float) -> float:
        return median * math.exp(0.45 * self.random.gauss(0, 1))


class ServiceTelemetry:
    """The SDK of one service: its own resource and exporters, as a process of its own would have."""

    def __init__(self, service: str, endpoint: str, http: bool) -> None:
        resource = Resource.create(
            {
                "service.name": service,
                "service.namespace": "shop",
                "service.version": "1.4.2",
                "service.instance.id": str(uuid.uuid4()),
                "deployment.environment.name": "development",
            }
        )
        spans, logs, metrics = make_exporters(endpoint, http)
        self.tracing = TracerProvider(resource=resource)
        self.tracing.add_span_processor(
            BatchSpanProcessor(spans, max_queue_size=65_536, schedule_delay_millis=500, max_export_batch_size=512)
        )
        self.logging = LoggerProvider(resource=resource)
        self.logging.add_log_record_processor(
            BatchLogRecordProcessor(logs, max_queue_size=65_536, schedule_delay_millis=500, max_export_batch_size=512)
        )
        self.metering = MeterProvider(
            resource=resource, metric_readers=[PeriodicExportingMetricReader(metrics, export_interval_millis=2000)]
        )
        self.tracer = self.tracing.get_tracer(SCOPE)
        self.logger = logging.Logger(service, level=logging.DEBUG)
        self.logger.addHandler(LoggingHandler(level=logging.DEBUG, logger_provider=self.logging))
        meter = self.metering.get_meter(SCOPE)
        self.request_duration = meter.create_histogram(
            "http.server.request.duration",
            unit="s",
            description="Duration of HTTP server requests.",
            explicit_bucket_boundaries_advisory=DURATION_BUCKETS,
        )
        self.requests = meter.create_counter(
            "http.server.request.count", unit="{request}", description="HTTP server requests."
        )
        self.orders = meter.create_counter("shop.orders", unit="{order}", description="Orders, by outcome.")
        self.order_amount = meter.create_histogram("shop.order.amount", unit="EUR", description="Value of placed orders.")

    def close(self) -> None:
        for provider in (self.tracing, self.logging, self.metering):
            provider.force_flush()
            provider.shutdown()


def make_exporters(endpoint: str, http: bool):
    if http:
        from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        base = f"http://{endpoint}"
        return (
            OTLPSpanExporter(endpoint=f"{base}/v1/traces"),
            OTLPLogExporter(endpoint=f"{base}/v1/logs"),
            OTLPMetricExporter(endpoint=f"{base}/v1/metrics"),
        )
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    return (
        OTLPSpanExporter(endpoint=endpoint, insecure=True),
        OTLPLogExporter(endpoint=endpoint, insecure=True),
        OTLPMetricExporter(endpoint=endpoint, insecure=True),
    )


def record(step: Step, services: dict[str, ServiceTelemetry], start_ns: int, parent=None) -> int:
    """Sends a step and all below it; returns the number of spans."""
    telemetry = services[step.service]
    span = telemetry.tracer.start_span(
        step.name, context=parent, kind=KINDS[step.kind], attributes=step.attributes, start_time=start_ns
    )
    context = trace.set_span_in_context(span, parent)
    spans = 1
    for child in step.children:
        spans += record(child, services, start_ns + int(child.start * 1e6), context)
    end_ns = start_ns + int(step.duration * 1e6)
    # The span is made current so that logs and exemplars carry its ids.
    with trace.use_span(span, end_on_exit=False):
        for at, level, body, attributes in step.logs:
            entry = telemetry.logger.makeRecord(step.service, level, "generate.py", 0, body, (), None, extra=attributes)
            entry.created = start_ns / 1e9 + at / 1e3
            telemetry.logger.handle(entry)
        if step.error:
            kind, message = step.error
            span.set_status(Status(StatusCode.ERROR, message))
            span.add_event(
                "exception",
                {"exception.type": kind, "exception.message": message, "exception.stacktrace": f"{kind}: {message}"},
                timestamp=end_ns,
            )
        if step.kind == "server":
            record_metrics(step, telemetry)
    span.end(end_time=end_ns)
    return spans


def record_metrics(step: Step, telemetry: ServiceTelemetry) -> None:
    labels = {key: step.attributes[key] for key in ("http.request.method", "http.route", "http.response.status_code")}
    if step.error:
        labels["error.type"] = step.error[0]
    telemetry.request_duration.record(step.duration / 1000, labels)
    telemetry.requests.add(1, labels)
    if step.service == "order-service" and step.attributes["http.request.method"] == "POST":
        telemetry.orders.add(1, {"outcome": "failed" if step.error else "placed"})
        if not step.error:
            telemetry.order_amount.record(step.attributes["order.amount_cents"] / 100)


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
    return arguments


def main() -> int:
    arguments = parse_arguments()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    names = (*SERVICES, GENERATOR)
    services = {name: ServiceTelemetry(name, arguments.endpoint, arguments.http) for name in names}
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
    print(f"Sent {traces} traces with {spans} spans.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
