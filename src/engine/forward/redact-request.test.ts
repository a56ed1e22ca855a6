import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestType } from '../../../bench/peer/request-type';
import { RedactionRule } from '../../shared/contract/destinations';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { validateRequest } from '../otlp/request/validate-request';
import { SIGNALS, type Signal } from '../wire/signal';
import type { RedactRequest } from './pack-request';
import { compileRedaction } from './redact-request';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

function compile(...rules: object[]): RedactRequest {
  const compiled = compileRedaction(rules.map((rule) => RedactionRule.parse(rule)));
  if (!compiled || 'problem' in compiled) throw new Error('no usable rules');
  return compiled;
}

const types = Object.fromEntries(SIGNALS.map((signal) => [signal, requestType(signal)]));

/** Decoded by protobufjs. */
function decode(signal: Signal, bytes: Uint8Array): unknown {
  const type = types[signal]!;
  return type.toObject(type.decode(bytes), { longs: String, bytes: String });
}

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
/** `secret` at a place of its own, beside one that stays. */
const at = (place: string) => ({ attributes: [attribute('secret', place), attribute('kept', place)] });
const point = (place: string) => ({ ...at(place), timeUnixNano: '5', asDouble: 1 });
const exemplars = [{ timeUnixNano: '1', asDouble: 2, filteredAttributes: at('exemplar').attributes }];

const REQUESTS: Readonly<Record<Signal, object>> = {
  traces: {
    resourceSpans: [
      {
        resource: at('resource'),
        scopeSpans: [
          {
            scope: { name: 's', ...at('scope') },
            spans: [
              {
                traceId: TRACE_ID,
                spanId: SPAN_ID,
                name: 'secret',
                ...at('span'),
                events: [{ name: 'e', ...at('event') }],
                links: [{ traceId: TRACE_ID, spanId: SPAN_ID, ...at('link') }],
              },
            ],
          },
        ],
      },
    ],
  },
  logs: {
    resourceLogs: [
      {
        resource: at('resource'),
        scopeLogs: [
          { scope: at('scope'), logRecords: [{ timeUnixNano: '1', body: { stringValue: 'secret' }, ...at('log') }] },
        ],
      },
    ],
  },
  metrics: {
    resourceMetrics: [
      {
        resource: at('resource'),
        scopeMetrics: [
          {
            scope: at('scope'),
            metrics: [
              { name: 'g', gauge: { dataPoints: [{ ...point('gauge'), exemplars }] } },
              { name: 's', sum: { dataPoints: [point('sum')] } },
              { name: 'h', histogram: { dataPoints: [{ ...at('histogram'), exemplars }] } },
              { name: 'e', exponentialHistogram: { dataPoints: [at('exponential')] } },
              { name: 'y', summary: { dataPoints: [at('summary')] } },
            ],
          },
        ],
      },
    ],
  },
};

/** The request with `change` made to each attribute `secret`; undefined takes it out. */
function changeSecrets(request: object, change: (place: string) => string | undefined): object {
  return JSON.parse(JSON.stringify(request), (_key, value) => {
    if (!Array.isArray(value)) return value;
    return value.flatMap((entry) => {
      if (entry?.key !== 'secret') return [entry];
      const changed = change(entry.value.stringValue);
      return changed === undefined ? [] : [attribute('secret', changed)];
    });
  });
}

describe.each(SIGNALS)('redacting %s', (signal) => {
  const request = encodeOtlpJson(signal, REQUESTS[signal]);

  it.each([
    ['drops', { action: 'drop', keys: 'secret' }, () => undefined],
    ['hashes', { action: 'hash', keys: 'secret' }, sha256],
    ['masks', { action: 'mask', keys: 'secret', values: '[a-f]' }, (place: string) => place.replace(/[a-f]/g, '***')],
  ] as const)('%s an attribute wherever it stands and leaves the rest', (_name, rule, change) => {
    const redacted = compile(rule)(signal, request);
    const expected = encodeOtlpJson(signal, changeSecrets(REQUESTS[signal], change));
    expect(decode(signal, redacted)).toEqual(decode(signal, expected));
    expect(decode(signal, redacted)).not.toEqual(decode(signal, request));
    const whole = validateRequest(signal, request);
    expect(validateRequest(signal, redacted)).toEqual({ ...(whole as object), parts: expect.any(Number) });
  });

  it('gives back the same bytes when no rule changes anything', () => {
    for (const rule of [
      { action: 'drop', keys: 'other' },
      { action: 'mask', values: 'nowhere in it' },
    ]) {
      expect(compile(rule)(signal, request)).toBe(request);
    }
  });
});

describe('redactRequest', () => {
  const logs = (body: object, ...attributes: object[]) =>
    encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body, attributes }] }] }] });
  const recordOf = (bytes: Uint8Array) => {
    const message = decode('logs', bytes) as { resourceLogs: { scopeLogs: { logRecords: object[] }[] }[] };
    return message.resourceLogs[0]?.scopeLogs[0]?.logRecords[0];
  };

  it('masks log lines by rules without names, and values that are not strings only where they are hashed', () => {
    const mask = compile({ action: 'mask', values: '\\d+' });
    expect(recordOf(mask('logs', logs({ stringValue: 'pin 1234é' })))).toEqual({ body: { stringValue: 'pin ***é' } });
    const number = { key: 'n', value: { intValue: '12' } };
    const list = { key: 'l', value: { arrayValue: { values: [{ stringValue: '12' }, { intValue: '3' }] } } };
    const map = { key: 'm', value: { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } } };
    const request = logs({ intValue: '5' }, number, list, map);
    expect(mask('logs', request)).toBe(request);
    expect(recordOf(compile({ action: 'hash', keys: '.' })('logs', request))).toEqual({
      body: { intValue: '5' },
      attributes: [
        attribute('n', sha256('12')),
        attribute('l', sha256('["12","3"]')),
        attribute('m', sha256('{"a":true}')),
      ],
    });
  });

  it('takes over fields that OTLP does not know', () => {
    const unknown = Uint8Array.from([0xfa, 0x3f, 2, 1, 2]);
    const request = logs({ stringValue: 'x' }, attribute('secret', 'y'));
    const redacted = compile({ action: 'drop', keys: 'secret' })('logs', Buffer.concat([request, unknown]));
    expect(redacted.subarray(-unknown.length)).toEqual(Buffer.from(unknown));
    expect(recordOf(redacted)).toEqual({ body: { stringValue: 'x' } });
  });

  it('leaves no attribute that is dropped, and nothing else out, in any request', () => {
    const value = fc.oneof(
      fc.record({ stringValue: fc.string({ unit: 'grapheme', maxLength: 300 }) }),
      fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
      // JSON has no -0.
      fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0) }),
      fc.constant({}),
    );
    const pair = fc.record({ key: fc.constantFrom('secret', 'kept', 'other', 'ünï'), value });
    const attributes = fc.array(pair, { maxLength: 6 });
    const log = fc.record({ body: value, attributes });
    const drop = compile({ action: 'drop', keys: 'secret|ünï' });
    fc.assert(
      fc.property(attributes, fc.array(log, { maxLength: 4 }), (owner, logRecords) => {
        const whole = { resourceLogs: [{ resource: { attributes: owner }, scopeLogs: [{ logRecords }] }] };
        const without = JSON.parse(JSON.stringify(whole), (_key, entry) =>
          Array.isArray(entry) ? entry.filter((each) => each?.key !== 'secret' && each?.key !== 'ünï') : entry,
        );
        const redacted = drop('logs', encodeOtlpJson('logs', whole));
        expect(decode('logs', redacted)).toEqual(decode('logs', encodeOtlpJson('logs', without)));
      }),
    );
  });

  it('answers a rule that cannot be used, and null where none is enabled', () => {
    const bad = RedactionRule.parse({ action: 'drop', keys: 'a(' });
    expect(compileRedaction([bad])).toMatchObject({ problem: { kind: 'redaction-rule-invalid' } });
    expect(compileRedaction([RedactionRule.parse({ action: 'drop', keys: 'a', enabled: false })])).toBeNull();
  });
});
