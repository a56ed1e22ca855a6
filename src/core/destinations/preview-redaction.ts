import { createHash } from 'node:crypto';
import type { RedactionPreview, RedactionRule } from '../../shared/contract/destinations';
import type { LogRecord, TimeWindow, Trace } from '../../shared/contract/telemetry';
import { compileRedaction } from '../../shared/redaction/compile-redaction';
import type { LokiClient } from '../telemetry/loki-client';
import { BackendFailure } from '../telemetry/request/backend-failure';
import type { TempoClient } from '../telemetry/tempo-client';
import { type Change, done, failed } from './change';
import { LabelNames } from './label-names';
import { RedactionSampler } from './redaction-sampler';

export interface PreviewOptions {
  tempo: Pick<TempoClient, 'search' | 'get'>;
  loki: Pick<LokiClient, 'query'>;
  now?: () => number;
}

const windowMs = 6 * 3_600_000;
const maxTraces = 50;
const maxLogs = 500;
/** Traces asked for at the same time. */
const parallel = 8;

/** What the rules would change in the newest traces and logs that are kept, through the query APIs of whatever backend runs. */
export async function previewRedaction(
  rules: readonly RedactionRule[],
  { tempo, loki, now = Date.now }: PreviewOptions,
): Promise<Change<RedactionPreview>> {
  const redaction = compileRedaction(rules, (text) => createHash('sha256').update(text).digest('hex'));
  if ('kind' in redaction) return failed(redaction);
  const window = { from: now() - windowMs, to: now() };
  try {
    const [traces, logs] = await Promise.all([
      newestTraces(tempo, window),
      loki.query('', window, maxLogs, 'backward'),
    ]);
    const sampler = new RedactionSampler(redaction);
    const names = new LabelNames(attributeNames(traces));
    for (const trace of traces) addTrace(sampler, trace);
    for (const record of logs) addRecord(sampler, record, names);
    const spans = traces.reduce((sum, trace) => sum + trace.spans.length, 0);
    return done({ samples: sampler.samples, changed: sampler.changed, inspected: { spans, logs: logs.length } });
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error;
    const message = `The newest telemetry could not be read: ${error.message}`;
    return failed({ kind: 'backend-unavailable', message, hint: 'Start the backend, or try again in a moment.' });
  }
}

async function newestTraces(tempo: PreviewOptions['tempo'], window: TimeWindow): Promise<Trace[]> {
  const { traces } = await tempo.search('{}', window, maxTraces);
  const found: Trace[] = [];
  for (let start = 0; start < traces.length; start += parallel) {
    const some = traces.slice(start, start + parallel).map(({ traceId }) => tempo.get(traceId));
    for (const trace of await Promise.all(some)) if (trace) found.push(trace);
  }
  return found;
}

function addTrace(sampler: RedactionSampler, trace: Trace): void {
  const services = trace.resources.map(
    (_, index) => trace.spans.find(({ resource }) => resource === index)?.service ?? '',
  );
  for (const [index, { attributes }] of trace.resources.entries()) {
    sampler.addAttributes('traces', services[index]!, 'resource', attributes);
  }
  for (const { service, attributes, events, links } of trace.spans) {
    sampler.addAttributes('traces', service, 'span', attributes);
    for (const event of events) sampler.addAttributes('traces', service, 'event', event.attributes);
    for (const link of links) sampler.addAttributes('traces', service, 'link', link.attributes);
  }
}

function addRecord(sampler: RedactionSampler, { service, line, labels }: LogRecord, names: LabelNames): void {
  const attributes = names.attributesOf(labels);
  sampler.addAttributes('logs', service, 'log', attributes);
  sampler.addLine(service, line);
}

function attributeNames(traces: readonly Trace[]): Set<string> {
  const names = new Set<string>();
  for (const { resources, spans } of traces) {
    for (const { attributes } of [...resources, ...spans]) for (const { key } of attributes) names.add(key);
  }
  return names;
}
