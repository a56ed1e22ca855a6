import { afterEach, describe, expect, it } from 'vitest';
import { openScriptedBackend, type ScriptedBackend } from './request/scripted-backend';
import { TempoClient } from './tempo-client';

let backend: ScriptedBackend | undefined;
afterEach(async () => {
  await backend?.close();
  backend = undefined;
});

async function open(...script: Parameters<typeof openScriptedBackend>) {
  backend = await openScriptedBackend(...script);
  return backend;
}

describe('a trace as OTLP JSON', () => {
  it('writes a trace as OTLP JSON has it: ids in hex, enums by number, every digit as it came', async () => {
    const attributes = [
      { key: 'big', value: { intValue: '9007199254740993' } },
      { key: 'odd', value: { doubleValue: 'NaN' } },
    ];
    const span = {
      ...{ traceId: 'r3ZRkWzUPN2ESOshHIAxnA==', spanId: 'AAAAAAAAAAE=', parentSpanId: 'AAAAAAAAAAI=' },
      ...{ kind: 'SPAN_KIND_CLIENT', status: { code: 'STATUS_CODE_ERROR', message: 'no' }, traceState: 'a=b' },
      ...{ startTimeUnixNano: '1700000000000000001', endTimeUnixNano: '18446744073709551615', attributes },
      links: [{ traceId: 'r3ZRkWzUPN2ESOshHIAxnA==', spanId: 'AAAAAAAAAAM=' }],
    };
    const scopeSpans = [{ scope: { name: 's', attributes }, spans: [span] }];
    const { base } = await open({
      '/api/v2/traces/af': [
        200,
        { trace: { resourceSpans: [{ resource: { attributes }, scopeSpans, schemaUrl: 'x' }] } },
      ],
      '/api/v2/traces/00': [200, { trace: {} }],
    });
    const tempo = new TempoClient(() => ({ base }));
    const { text } = (await tempo.exportOtlp('af'))!;
    const traceId = 'af7651916cd43cdd8448eb211c80319c';
    expect(JSON.parse(text)).toEqual({
      resourceSpans: [
        {
          ...{ resource: { attributes }, schemaUrl: 'x' },
          scopeSpans: [
            {
              scope: { name: 's', attributes },
              spans: [
                {
                  ...span,
                  ...{ traceId, spanId: '0000000000000001', parentSpanId: '0000000000000002', kind: 3 },
                  status: { code: 2, message: 'no' },
                  links: [{ traceId, spanId: '0000000000000003' }],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(text).toContain('"intValue":"9007199254740993"');
    expect(await tempo.exportOtlp('00')).toBeNull();
  });

  it('writes of a trace that is too large for one file those nearest to the roots, and how many are left out', async () => {
    const resourceSpans = (name: string) => [{ scopeSpans: [{ spans: [{ spanId: 'AAAAAAAAAAE=', name }] }] }];
    const { base, asked } = await open({
      '/api/v2/traces/aa': [
        200,
        { trace: { resourceSpans: resourceSpans('x'.repeat(64 * 1024 * 1024)) }, watchtower: { spans: 1_000_000 } },
      ],
      '/api/v2/traces/bb': [
        200,
        { trace: { resourceSpans: resourceSpans('GET /') }, watchtower: { spans: 1_000_000 } },
      ],
    });
    const tempo = new TempoClient(() => ({ base }));
    const part = await tempo.exportOtlp('bb');
    expect(part).toMatchObject({ leftOut: 800_000, text: expect.stringContaining('GET /') });
    await expect(tempo.exportOtlp('aa')).rejects.toThrow('larger than 64 MiB');
    expect(asked.map(({ parameters }) => parameters.get('max_spans'))).toEqual(['200000', '200000', '40000']);
  });
});
