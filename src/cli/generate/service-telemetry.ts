import type { Counter, Histogram, Meter, Tracer, UpDownCounter } from '@opentelemetry/api';
import type { Logger } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as OTLPLogExporterHttp } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as OTLPMetricExporterHttp } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as OTLPTraceExporterHttp } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

export interface Target {
  /** `http://HOST:PORT`, without a path. */
  endpoint: string;
  protocol: 'grpc' | 'http';
}

/** The OpenTelemetry SDK of one service of the story: its own resource, its own exporters, as a process would have. */
export interface ServiceTelemetry {
  readonly tracer: Tracer;
  readonly logger: Logger;
  readonly requestDuration: Histogram;
  readonly requests: Counter;
  readonly activeRequests: UpDownCounter;
  readonly orders: Counter;
  readonly orderAmount: Histogram;
  /** Sends what is queued and closes; rejects where the endpoint does not take it. */
  close(): Promise<void>;
}

const QUEUE = { maxQueueSize: 65_536, maxExportBatchSize: 512, scheduledDelayMillis: 500 };

export function createServiceTelemetry(service: string, target: Target, instance: string): ServiceTelemetry {
  const resource = resourceFromAttributes({
    'service.name': service,
    'service.namespace': 'shop',
    'service.version': '1.4.2',
    'service.instance.id': instance,
    'deployment.environment.name': 'development',
    'telemetry.sdk.language': 'nodejs',
  });
  const exporters = createExporters(target);
  const tracing = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(exporters.traces, QUEUE)],
  });
  const logging = new LoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor({ exporter: exporters.logs, ...QUEUE })],
  });
  const reader = new PeriodicExportingMetricReader({
    exporter: exporters.metrics,
    exportIntervalMillis: 2000,
    exportTimeoutMillis: 2000,
  });
  const metering = new MeterProvider({ resource, readers: [reader] });
  const scope = 'watchtower.generate';
  const meter: Meter = metering.getMeter(scope);
  return {
    tracer: tracing.getTracer(scope),
    logger: logging.getLogger(scope),
    requestDuration: meter.createHistogram('http.server.request.duration', {
      unit: 's',
      description: 'Duration of HTTP server requests.',
      advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] },
    }),
    requests: meter.createCounter('http.server.request.count', {
      unit: '{request}',
      description: 'HTTP server requests.',
    }),
    activeRequests: meter.createUpDownCounter('http.server.active_requests', {
      unit: '{request}',
      description: 'Requests in flight.',
    }),
    orders: meter.createCounter('shop.orders', { unit: '{order}', description: 'Orders, by outcome.' }),
    orderAmount: meter.createHistogram('shop.order.amount', { unit: 'EUR', description: 'Value of placed orders.' }),
    close: async () => {
      await Promise.all([tracing.forceFlush(), logging.forceFlush(), metering.forceFlush()]);
      await Promise.all([tracing.shutdown(), logging.shutdown(), metering.shutdown()]);
    },
  };
}

function createExporters({ endpoint, protocol }: Target) {
  if (protocol === 'grpc') {
    return {
      traces: new OTLPTraceExporter({ url: endpoint }),
      logs: new OTLPLogExporter({ url: endpoint }),
      metrics: new OTLPMetricExporter({ url: endpoint }),
    };
  }
  return {
    traces: new OTLPTraceExporterHttp({ url: `${endpoint}/v1/traces` }),
    logs: new OTLPLogExporterHttp({ url: `${endpoint}/v1/logs` }),
    metrics: new OTLPMetricExporterHttp({ url: `${endpoint}/v1/metrics` }),
  };
}
