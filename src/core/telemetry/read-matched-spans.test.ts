import { expect, it, onTestFinished } from 'vitest';
import { openScriptedBackend } from './request/scripted-backend';
import { TempoClient } from './tempo-client';

const window = { from: 1_700_000_000_500, to: 1_700_000_900_200 };
it('reads the spans of a trace that a query matches, each once and by their start', async () => {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const late = {
    ...{ spanID: 'AB', name: 'SELECT', startTimeUnixNano: '1700000000000000002', durationNanos: '5' },
    attributes: [text('service.name', 'shop'), text('status', 'error'), text('zone', 'eu')],
  };
  const early = { spanID: 'c', startTimeUnixNano: '1700000000000000001' };
  const sets = [
    { spans: [late, early], matched: 7 },
    { spans: [late], matched: 1 },
  ];
  const tempo = await openScriptedBackend({ '/api/search': [200, { traces: [{ traceID: '1', spanSets: sets }] }] });
  onTestFinished(() => tempo.close());
  const asked = {
    query: '{ .a = 1 } with (x=true)',
    traceId: '0'.repeat(31).concat('f'),
    window,
    fields: ['span.zone'],
  };
  expect(await new TempoClient(() => tempo).matchedSpans({ ...asked, limit: 9 })).toEqual({
    matched: 8,
    spans: [
      {
        ...{ spanId: 'c'.padStart(16, '0'), name: '', service: '', failed: false },
        ...{ startNs: '1700000000000000001', durationNs: 0, attributes: [] },
      },
      {
        ...{ spanId: 'ab'.padStart(16, '0'), name: 'SELECT', service: 'shop', failed: true },
        ...{ startNs: '1700000000000000002', durationNs: 5, attributes: [{ key: 'zone', value: 'eu' }] },
      },
    ],
  });
  const { parameters } = tempo.asked[0]!;
  expect(parameters.get('q')).toBe(
    '{ .a = 1 && trace:id = "f" } | select(name, status, resource.service.name, span.zone) with (x=true)',
  );
  expect([parameters.get('spss'), parameters.get('limit')]).toEqual(['9', '1']);
});
