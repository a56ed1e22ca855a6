import { type Context, context, type Span, trace } from '@opentelemetry/api';
import type { AnyValueMap } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

interface TestAgentOptions {
  readonly port: number;
  readonly service: string;
  readonly scopes: { readonly logs: string; readonly metrics: string; readonly traces: string };
  readonly temporality?: 'delta' | 'cumulative';
}

/** An agent that sends with the official SDK, with the times that it is told: the shapes are the agent's, the numbers the test's. */
export class TestAgent {
  private readonly loggers: LoggerProvider;
  private readonly meters: MeterProvider;
  private readonly tracers: BasicTracerProvider;

  constructor(private readonly options: TestAgentOptions) {
    const { port, service, temporality = 'delta' } = options;
    const resource = resourceFromAttributes({ 'service.name': service, 'service.version': '1.2.3' });
    const url = (signal: string) => `http://127.0.0.1:${port}/v1/${signal}`;
    const logs = new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: url('logs') }) });
    this.loggers = new LoggerProvider({ resource, processors: [logs] });
    const exporter = new OTLPMetricExporter({
      url: url('metrics'),
      temporalityPreference: temporality === 'delta' ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE,
    });
    // Exported when it is told to: the interval never passes.
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 86_400_000 });
    this.meters = new MeterProvider({ resource, readers: [reader] });
    const spans = new BatchSpanProcessor(new OTLPTraceExporter({ url: url('traces') }));
    this.tracers = new BasicTracerProvider({ resource, spanProcessors: [spans] });
  }

  /** `inside`: the span that is active when it is told. */
  event(atMs: number, body: string, attributes: AnyValueMap, inside?: Span): void {
    this.loggers.getLogger(this.options.scopes.logs).emit({
      ...{ timestamp: atMs, observedTimestamp: atMs, body, attributes },
      ...(inside && { context: within(inside) }),
    });
  }

  count(name: string, unit: string, value: number, attributes: Record<string, string>): void {
    this.meters.getMeter(this.options.scopes.metrics).createCounter(name, { unit }).add(value, attributes);
  }

  span(
    name: string,
    {
      from,
      to,
      parent,
      attributes,
    }: { from: number; to: number; parent?: Span; attributes: Record<string, string | number | boolean> },
  ): Span {
    const span = this.tracers
      .getTracer(this.options.scopes.traces)
      .startSpan(name, { startTime: from, attributes }, parent ? within(parent) : context.active());
    span.end(to);
    return span;
  }

  /** Resolves when the receiver acknowledged it, after as many tries as the SDK makes; rejects where none went well. */
  async flush(): Promise<void> {
    await Promise.all([this.loggers.forceFlush(), this.meters.forceFlush(), this.tracers.forceFlush()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.loggers.shutdown(), this.meters.shutdown(), this.tracers.shutdown()]);
  }
}

function within(span: Span): Context {
  return trace.setSpan(context.active(), span);
}
