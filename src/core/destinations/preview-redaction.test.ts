import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RedactionRule } from '../../shared/contract/destinations';
import type { Attribute, LogRecord, Trace, TraceSummary } from '../../shared/contract/telemetry';
import { BackendFailure } from '../telemetry/request/backend-failure';
import { previewRedaction } from './preview-redaction';

const rules = (...fields: object[]) => fields.map((each) => RedactionRule.parse(each));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function trace(traceId: string, attributes: Attribute[], resource: Attribute[] = []): Trace {
  const span = {
    spanId: '1',
    parentSpanId: '',
    name: 'GET',
    service: 'web',
    kind: 'server' as const,
    status: { code: 'unset' as const, message: '' },
    startNs: '1',
    durationNs: 1,
    attributes,
    resource: 0,
    scope: { name: '', version: '' },
    events: [{ timeNs: '1', name: 'e', attributes: [{ key: 'event.secret', value: 'pin 1234' }] }],
    links: [],
  };
  return { traceId, resources: [{ attributes: resource }], spans: [span] };
}

function clients(traces: Trace[], logs: Partial<LogRecord>[] = []) {
  const asked: unknown[] = [];
  return {
    asked,
    now: () => 7 * 3_600_000,
    tempo: {
      search: async (...question: unknown[]) => {
        asked.push(question.slice(0, 3));
        return { traces: traces.map(({ traceId }) => ({ traceId }) as TraceSummary) };
      },
      get: async (traceId: string) => traces.find((each) => each.traceId === traceId) ?? null,
    },
    loki: {
      query: async (...question: unknown[]) => {
        asked.push(question.slice(0, 4));
        return logs.map((each) => ({ service: 'web', line: '', labels: {}, ...each }) as LogRecord);
      },
    },
  };
}

async function preview(given: RedactionRule[], from: ReturnType<typeof clients>) {
  const change = await previewRedaction(given, from);
  if (change.state === 'failed') throw new Error(change.problem.message);
  return change.value;
}

describe('previewRedaction', () => {
  it('shows what each rule changes, and where', async () => {
    const traces = [
      trace(
        'a',
        [
          { key: 'user.id', value: 42 },
          { key: 'http.route', value: '/' },
        ],
        [{ key: 'host.name', value: 'box' }],
      ),
    ];
    const logs = [{ line: 'pin 5678 ok', labels: { user_id: '42', host_name: 'box', detected_level: 'pin 1111' } }];
    const given = rules(
      { action: 'hash', keys: 'user\\.id' },
      { action: 'drop', keys: 'host\\.name' },
      { action: 'mask', values: 'pin \\d+' },
      { action: 'drop', keys: '.*', enabled: false },
    );
    const from = clients(traces, logs);
    const { samples, changed, inspected } = await preview(given, from);
    expect(samples).toEqual([
      { signal: 'traces', service: 'web', place: 'resource.host.name', before: 'box', after: null },
      { signal: 'traces', service: 'web', place: 'span.user.id', before: '42', after: sha256('42') },
      { signal: 'traces', service: 'web', place: 'event.event.secret', before: 'pin 1234', after: '***' },
      { signal: 'logs', service: 'web', place: 'log.user.id', before: '42', after: sha256('42') },
      { signal: 'logs', service: 'web', place: 'log.host.name', before: 'box', after: null },
      { signal: 'logs', service: 'web', place: 'log line', before: 'pin 5678 ok', after: '*** ok' },
    ]);
    expect({ changed, inspected }).toEqual({ changed: 6, inspected: { spans: 1, logs: 1 } });
    const window = { from: 3_600_000, to: 7 * 3_600_000 };
    expect(from.asked).toEqual([
      ['{}', window, 50],
      ['', window, 500, 'backward'],
    ]);
  });

  it('counts a change each time and shows it once, at most 200 different ones', async () => {
    const same = Array.from({ length: 30 }, (_, index) => trace(String(index), [{ key: 'k', value: 'v' }]));
    expect(await preview(rules({ action: 'drop', keys: 'k' }), clients(same))).toMatchObject({
      changed: 30,
      samples: [{}],
    });
    const many = Array.from({ length: 300 }, (_, index) => ({ line: `x${index}` }));
    const { samples, changed } = await preview(rules({ action: 'mask', values: 'x' }), clients([], many));
    expect([samples.length, changed]).toEqual([200, 300]);
  });

  it('shows of a long text the part around the first change', async () => {
    const line = `${'a'.repeat(5000)}SECRET${'b'.repeat(5000)}`;
    const { samples } = await preview(rules({ action: 'mask', values: 'SECRET' }), clients([], [{ line }]));
    expect(samples[0]!.before.length).toBeLessThan(410);
    expect(samples[0]!.before).toMatch(/^…a+SECRETb+…$/);
    expect(samples[0]!.after).toMatch(/^…a+\*\*\*b+…$/);
  });

  it('leaves out what no rule changes', async () => {
    const { samples, changed } = await preview(
      rules({ action: 'mask', values: 'nowhere' }),
      clients([trace('a', [{ key: 'k', value: [1] }])], [{ line: 'l', labels: { a: 'b' } }]),
    );
    expect([samples, changed]).toEqual([[], 0]);
  });

  it('names a bad rule, and the backend that does not answer', async () => {
    expect(await previewRedaction(rules({ action: 'drop', keys: '(' }), clients([]))).toMatchObject({
      problem: { kind: 'redaction-rule-invalid' },
    });
    const down = clients([]);
    down.loki.query = async () => {
      throw new BackendFailure('unavailable', 'refused');
    };
    expect(await previewRedaction([], down)).toMatchObject({ problem: { kind: 'backend-unavailable' } });
  });
});
