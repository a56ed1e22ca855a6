import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import type { ServiceTelemetry } from './service-telemetry';
import type { Service, Step } from './step';

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };
const SEVERITIES = {
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
};

export interface Recorded {
  spans: number;
  logs: number;
}

/** Sends a step and all below it through the SDKs of their services; `startMs` is its start in Unix milliseconds. */
export function recordStep(
  step: Step,
  services: Record<Service, ServiceTelemetry>,
  startMs: number,
  parent: Context = ROOT_CONTEXT,
): Recorded {
  const telemetry = services[step.service];
  const span = telemetry.tracer.startSpan(
    step.name,
    { kind: KINDS[step.kind], startTime: toHrTime(startMs), attributes: step.attributes },
    parent,
  );
  const context = trace.setSpan(parent, span);
  const recorded: Recorded = { spans: 1, logs: step.logs.length };
  for (const child of step.children) {
    const inner = recordStep(child, services, startMs + child.start, context);
    recorded.spans += inner.spans;
    recorded.logs += inner.logs;
  }
  for (const line of step.logs) {
    telemetry.logger.emit({
      context,
      timestamp: toHrTime(startMs + line.at),
      severityNumber: SEVERITIES[line.level],
      severityText: line.level.toUpperCase(),
      body: line.body,
      attributes: line.attributes,
    });
  }
  const endMs = startMs + step.duration;
  if (step.error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: step.error.message });
    span.recordException(
      {
        name: step.error.type,
        message: step.error.message,
        stack: `${step.error.type}: ${step.error.message}\n    at ${step.name} (${step.service}.js:42:13)`,
      },
      toHrTime(endMs),
    );
  }
  span.end(toHrTime(endMs));
  if (step.kind === 'server') recordMetrics(step, telemetry, context);
  return recorded;
}

function recordMetrics(step: Step, telemetry: ServiceTelemetry, context: Context): void {
  const { attributes } = step;
  const method = { 'http.request.method': attributes['http.request.method']! };
  const labels = {
    ...method,
    'http.route': attributes['http.route']!,
    'http.response.status_code': attributes['http.response.status_code']!,
    ...(step.error && { 'error.type': step.error.type }),
  };
  telemetry.activeRequests.add(1, method);
  telemetry.requestDuration.record(step.duration / 1000, labels, context);
  telemetry.requests.add(1, labels, context);
  telemetry.activeRequests.add(-1, method);
  if (step.service === 'order-service' && attributes['http.request.method'] === 'POST') {
    telemetry.orders.add(1, { outcome: step.error ? 'failed' : 'placed' }, context);
    if (!step.error) telemetry.orderAmount.record((attributes['order.amount_cents'] as number) / 100, {}, context);
  }
}

/** [seconds, nanoseconds]: a number of milliseconds alone would lose its fraction in the SDK. */
function toHrTime(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
