import { expect, it } from 'vitest';
import { RedactionRule } from '../../../../../shared/contract/destinations';
import type { LogRecord, Trace } from '../../../../../shared/contract/telemetry';
import { makeTrace } from '../../../../../shared/trace/make-trace.test-data';
import { type FileRedaction, fileRedaction } from './file-redaction';
import { redactOtlp } from './redact-otlp';
import { redactTrace } from './redact-trace';

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function by(rules: object[], agentContent?: boolean): FileRedaction {
  const redaction = fileRedaction({ redaction: rules.map((rule) => RedactionRule.parse(rule)), agentContent });
  if ('kind' in redaction) throw new Error(redaction.message);
  return redaction;
}
const rules = [
  { action: 'drop', keys: 'secret' },
  { action: 'hash', keys: 'user\\.id' },
  { action: 'mask', values: '\\d{4}-\\d{4}' },
];
const attributes = [
  { key: 'secret', value: 'x' },
  { key: 'user.id', value: 'ü-7' },
  { key: 'card', value: 'no 1234-5678' },
  { key: 'kept', value: 7 },
];
const hashed = await sha256('ü-7');
const redacted = [
  { key: 'user.id', value: hashed },
  { key: 'card', value: 'no ***' },
  { key: 'kept', value: 7 },
];

function traceWith(change: Partial<Trace['spans'][number]>, resource: Trace['resources'][number]['attributes']): Trace {
  const trace = makeTrace([['a', '', 0, 100]]);
  return {
    ...trace,
    resources: [{ attributes: resource }],
    spans: trace.spans.map((span) => ({ ...span, ...change, resource: 0 })),
  };
}
const line = (change: Partial<LogRecord>): LogRecord => ({
  ...{ timeNs: '1700000000000000000', line: '', level: 'info', service: 'shop', labels: {} },
  ...change,
});

it('redacts attributes wherever they stand in a trace, and lines, by the rules of destinations', () => {
  const event = { timeNs: '1', name: 'e', attributes };
  const link = { traceId: 'a', spanId: 'b', attributes };
  const trace = traceWith({ attributes, events: [event], links: [link], name: 'pay 1234-5678' }, attributes);
  const redaction = by(rules);
  const told = redactTrace(
    trace,
    [line({ line: 'paid by 1234-5678' }), line({ labels: { user_id: 'ü-7' } })],
    redaction,
  );
  const span = told.trace.spans[0]!;
  for (const found of [told.trace.resources[0]!, span, span.events[0]!, span.links[0]!])
    expect(found.attributes).toEqual(redacted);
  expect(span.name).toBe('pay 1234-5678');
  expect(told.logs.map(({ line: text }) => text)).toEqual(['paid by ***', `user_id=${hashed}`]);
  expect(redaction.describe()).toBe('Redacted as for destinations, by 3 rules: 14 values were changed or left out.');
});

it('names a service no more where the rules leave its name out', () => {
  const trace = traceWith({ service: 'shop' }, [{ key: 'service.name', value: 'shop' }]);
  const { spans } = redactTrace(trace, [], by([{ action: 'drop', keys: 'service\\.name' }])).trace;
  expect(spans[0]!.service).toBe('');
});

it('leaves out what a coding agent was told and said, unless destinations get it', () => {
  const prompt = [{ key: 'prompt', value: 'write a test' }];
  const trace = traceWith({ service: 'claude-code', attributes: prompt }, []);
  expect(redactTrace(trace, [], by([])).trace.spans[0]!.attributes).toEqual([]);
  expect(redactTrace(trace, [], by([], true)).trace.spans[0]!.attributes).toEqual(prompt);
  const other = traceWith({ service: 'shop', attributes: prompt }, []);
  expect(redactTrace(other, [], by([])).trace.spans[0]!.attributes).toEqual(prompt);
});

it('redacts OTLP JSON in place, keeps what no rule names to the digit, and says so in each resource', async () => {
  const given = [
    { key: 'secret', value: { stringValue: 'x' } },
    { key: 'user.id', value: { arrayValue: { values: [{ intValue: '9007199254740993' }] } } },
    { key: 'card', value: { stringValue: 'no 1234-5678' } },
    { key: 'big', value: { intValue: '12345678' } },
  ];
  const wanted = [
    { key: 'user.id', value: { stringValue: await sha256('["9007199254740993"]') } },
    { key: 'card', value: { stringValue: 'no ***' } },
    { key: 'big', value: { intValue: '12345678' } },
  ];
  const span = { traceId: 'ab', startTimeUnixNano: '1700000000000000001', attributes: given };
  const text = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: given },
        scopeSpans: [
          {
            scope: { name: 's', attributes: given },
            spans: [{ ...span, events: [span], links: [{ attributes: given }] }],
          },
        ],
        schemaUrl: 'u',
      },
    ],
  });
  const request = JSON.parse(redactOtlp(text, by(rules)));
  const [{ resource, scopeSpans, schemaUrl }] = request.resourceSpans;
  const [told] = scopeSpans[0].spans;
  for (const found of [scopeSpans[0].scope, told, told.events[0], told.links[0]])
    expect(found.attributes).toEqual(wanted);
  expect(resource.attributes.slice(0, -1)).toEqual(wanted);
  expect(resource.attributes.at(-1)).toEqual({
    key: 'watchtower.redacted',
    value: { stringValue: 'Redacted as for destinations, by 3 rules: 15 values were changed or left out.' },
  });
  expect([told.traceId, told.startTimeUnixNano, schemaUrl]).toEqual(['ab', '1700000000000000001', 'u']);
});
