import { expect, test } from '@playwright/test';
import { newSpanId, newTraceId, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

interface Outcome {
  code: number | null;
  met: boolean;
  sentence: string;
  found: string[];
  seen: string[];
}

async function wait(...args: string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await host.cli('wait', '--json', ...args);
  if (!stdout) throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as Omit<Outcome, 'code'>) };
}

test('a query is waited for, whether what it matches came before or comes while it waits', async () => {
  await sendSpans(host.otlp.http, [{ service: 'shop', name: 'came-before' }]);
  expect(await wait('{ name = "came-before" }')).toMatchObject({
    code: 0,
    met: true,
    found: [expect.stringContaining('shop came-before')],
  });
  const both = wait('{ name = "comes-later" }', '--count', '2');
  await sendSpans(host.otlp.http, [{ service: 'shop', name: 'comes-later' }]);
  await sendSpans(host.otlp.http, [{ service: 'shop', name: 'comes-later' }]);
  expect(await both).toMatchObject({ code: 0, sentence: 'There are 2 traces of TraceQL { name = "comes-later" }.' });
  const line = wait('{service_name="shop"} |= "hello"');
  await sendLog(host.otlp.http, { service: 'shop', body: 'hello you' });
  expect(await line).toMatchObject({ code: 0, found: ['shop info hello you'] });
  expect(await wait('watchtower_received_spans_total > 0')).toMatchObject({ code: 0, met: true });
});

test('what did not come in time is told with what was seen, the nearest miss first', async () => {
  await sendSpans(host.otlp.http, [{ service: 'misses', name: 'place-order', attributes: { tries: 3 } }]);
  await wait('{ name = "place-order" }');
  const near = await wait('{ name = "place-order" && span.tries = 4 }', '--timeout', '300ms');
  expect(near).toMatchObject({ code: 7, met: false });
  expect(near.seen[0]).toMatch(/^without span\.tries = 4 there is 1 trace: .*misses place-order .* tries=3$/);
  const silent = await wait('{app="nobody"} |= "x"', '--since', '1ms', '--timeout', '300ms');
  expect(silent.code).toBe(7);
  expect(silent.seen).toEqual([
    'no lines at all arrived in that time',
    expect.stringContaining('OTEL_BLRP_SCHEDULE_DELAY'),
  ]);
  const metric = await wait('watchtower_recieved_spans_total', '--timeout', '300ms');
  expect(metric.seen[0]).toContain('the names nearest to it: watchtower_received_spans_total');
});

test('a query that is refused is told at once, and so is a command line without anything to wait for', async () => {
  const refused = await host.cli('wait', '{ name = }');
  expect(refused.code).toBe(5);
  const nothing = await host.cli('wait');
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain('One thing must be named to wait for.');
});

test('a trace is waited for until each span has its parent and nothing more comes', async () => {
  const traceId = newTraceId();
  const [root, middle] = [newSpanId(), newSpanId()];
  await sendSpans(host.otlp.http, [{ traceId, parentSpanId: middle, service: 'shop', name: 'leaf' }]);
  const early = await wait('--trace', traceId, '--timeout', '500ms', '--quiet', '100ms');
  expect(early).toMatchObject({ code: 7, seen: [`the span ${middle} did not arrive, the parent of shop leaf`] });
  const complete = wait('--trace', traceId, '--quiet', '200ms');
  await sendSpans(host.otlp.http, [{ traceId, spanId: middle, parentSpanId: root, service: 'shop', name: 'middle' }]);
  await sendSpans(host.otlp.http, [{ traceId, spanId: root, service: 'shop', name: 'root' }]);
  expect(await complete).toMatchObject({ code: 0, sentence: `The trace ${traceId} is complete: 3 spans.` });
  const never = await wait('--trace', newTraceId(), '--timeout', '200ms');
  expect(never).toMatchObject({ code: 7, seen: ['no span of it arrived'] });
});

test('a run that does not exist is named', async () => {
  const { code, stderr } = await host.cli('wait', '--run', 'nobody');
  expect(code).toBe(1);
  expect(stderr).toContain('There is no run "nobody".');
});
