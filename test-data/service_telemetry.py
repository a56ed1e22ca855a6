"""The OpenTelemetry SDK of each service of the story, and what became of what it sent."""

from __future__ import annotations

import logging
import uuid

from opentelemetry import trace
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode

from story import Step

SCOPE = "watchtower-generator"
KINDS = {"server": SpanKind.SERVER, "client": SpanKind.CLIENT, "internal": SpanKind.INTERNAL}
DURATION_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)


class Delivery:
    """Counts the requests that the endpoint took, and those that it did not: the SDK only logs them."""

    def __init__(self) -> None:
        self.taken = 0
        self.failed = 0

    def watch(self, exporter):
        export = exporter.export

        def counted(*arguments, **options):
            result = export(*arguments, **options)
            if result.name == "SUCCESS":
                self.taken += 1
            else:
                self.failed += 1
            return result

        exporter.export = counted
        return exporter


class ServiceTelemetry:
    """The SDK of one service: its own resource and exporters, as a process of its own would have."""

    def __init__(self, service: str, endpoint: str, http: bool, delivery: Delivery) -> None:
        resource = Resource.create(
            {
                "service.name": service,
                "service.namespace": "shop",
                "service.version": "1.4.2",
                "service.instance.id": str(uuid.uuid4()),
                "deployment.environment.name": "development",
            }
        )
        spans, logs, metrics = (delivery.watch(each) for each in make_exporters(endpoint, http))
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
