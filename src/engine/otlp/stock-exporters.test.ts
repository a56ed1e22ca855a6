import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as HttpLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as HttpMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as HttpTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { LoggerProvider, type LogRecordExporter, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestReceivers, type TestReceivers } from './test-receivers';

let receivers: TestReceivers;
beforeEach(async () => {
  receivers = await openTestReceivers();
});
afterEach(() => receivers.close());

const GZIP = 'gzip' as never;
const grpc = () => ({ url: `http://127.0.0.1:${receivers.grpcPort}`, compression: GZIP });
const http = (signal: string) => ({ url: `http://127.0.0.1:${receivers.httpPort}/v1/${signal}`, compression: GZIP });

test.each<[string, () => SpanExporter]>([
  ['gRPC', () => new GrpcTraces(grpc())],
  ['gRPC without compression', () => new GrpcTraces({ url: grpc().url })],
  ['HTTP', () => new HttpTraces(http('traces'))],
])('spans of the SDK arrive over %s', async (_, exporter) => {
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter())] });
  const tracer = provider.getTracer('test');
  for (let i = 0; i < 1000; i++) {
    const span = tracer.startSpan(`span ${i}`, { attributes: { text: 'x', list: ['a', 'b'], number: 1.5, yes: true } });
    span.addEvent('event', { at: i });
    span.recordException(new Error('boom'));
    span.end();
  }
  await provider.shutdown();
  expect(receivers.counters.accepted.spans).toBe(1000);
  expect(receivers.counters.rejected).toMatchObject({ spans: 0, requests: 0 });
  expect(Buffer.from(receivers.journal.at(-1)!.payload).toString('latin1')).toContain('exception.stacktrace');
});

test.each<[string, () => LogRecordExporter]>([
  ['gRPC', () => new GrpcLogs(grpc())],
  ['HTTP', () => new HttpLogs(http('logs'))],
])('log records of the SDK arrive over %s', async (_, exporter) => {
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: exporter() })] });
  const logger = provider.getLogger('test');
  for (let i = 0; i < 20; i++) logger.emit({ severityNumber: SeverityNumber.INFO, body: { nested: [`line ${i}`] } });
  await provider.forceFlush();
  await provider.shutdown();
  expect(receivers.counters.accepted.logs).toBe(20);
});

test.each<[string, () => PushMetricExporter]>([
  ['gRPC', () => new GrpcMetrics(grpc())],
  ['HTTP', () => new HttpMetrics(http('metrics'))],
])('metrics of the SDK arrive over %s', async (_, exporter) => {
  const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: exporter() })] });
  const meter = provider.getMeter('test');
  meter.createCounter('requests').add(3, { route: '/' });
  meter.createHistogram('latency').record(12);
  meter.createGauge('temperature').record(-4);
  await provider.shutdown();
  expect(receivers.counters.accepted.points).toBe(3);
});

// Over HTTP: the gRPC exporter of JavaScript does not send again.
test('an exporter that is told to come back delivers after the overload is over', async () => {
  receivers.pressureMs = 100;
  const provider = new BasicTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new HttpTraces(http('traces')))],
  });
  provider.getTracer('test').startSpan('kept').end();
  const flushed = provider.forceFlush();
  await expect.poll(() => receivers.counters.rejected.requests).toBeGreaterThan(0);
  receivers.pressureMs = null;
  await flushed;
  await provider.shutdown();
  expect(receivers.counters.accepted.spans).toBe(1);
});
