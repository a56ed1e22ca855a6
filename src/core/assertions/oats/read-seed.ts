import type { Refusal, Seed } from '../case';
import type { YamlMapping } from '../yaml/yaml-mapping';
import { readDuration } from './read-duration';

const usualDurationMs = 200;
const info = 9;

/** What a case sends by itself; null where its app sends. */
export function readSeed(root: YamlMapping, refusals: Refusal[]): Seed | null {
  const seed = root.mapping('seed');
  if (!seed) return null;
  const type = seed.text('type') ?? 'app';
  if (seed.text('compose') !== undefined) {
    refusals.push({ place: seed.placeOf('compose'), what: 'seed.compose', why: 'it starts containers', needed: true });
  }
  // Known to OATs, which does nothing with it.
  seed.ignore('vars');
  const read: Seed = { traces: readTraces(seed), logs: readLogs(seed), metrics: readMetrics(seed) };
  seed.end();
  if (type === 'app') {
    if (read.traces.length + read.logs.length + read.metrics.length > 0)
      seed.report('type', 'what is to be sent needs `type: inline-otlp`');
    return null;
  }
  if (type !== 'inline-otlp') {
    seed.report('type', `${JSON.stringify(type)} is unknown; write app or inline-otlp`);
    return null;
  }
  if (read.traces.length + read.logs.length + read.metrics.length === 0)
    seed.report('type', 'inline-otlp needs at least one trace, log or metric');
  return read;
}

function readTraces(seed: YamlMapping): Seed['traces'] {
  return seed.mappings('traces').map((trace) => {
    const service = trace.text('service') ?? '';
    const spans = trace.mappings('spans').map((span) => {
      const read = {
        name: span.text('name') ?? '',
        kind: span.number('kind') || 1,
        durationMs: readDuration(span, 'duration') || usualDurationMs,
      };
      span.end();
      return read;
    });
    trace.end();
    return { service, spans };
  });
}

function readLogs(seed: YamlMapping): Seed['logs'] {
  return seed.mappings('logs').map((log) => {
    const read = {
      service: log.text('service') ?? '',
      body: log.text('body') ?? '',
      severityNumber: log.number('severity_number') || info,
      severityText: log.text('severity_text') || 'INFO',
    };
    log.end();
    return read;
  });
}

function readMetrics(seed: YamlMapping): Seed['metrics'] {
  return seed.mappings('metrics').map((metric) => {
    const value = metric.number('value') ?? 0;
    const read = { service: metric.text('service') ?? '', name: metric.required('name') ?? '', value };
    if (!Number.isSafeInteger(value)) metric.report('value', 'a whole number is needed');
    metric.end();
    return read;
  });
}
