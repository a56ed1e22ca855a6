import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type OtlpSink, startOtlpSink } from '../../../e2e/otlp-sink';
import { RedactionRule } from '../../shared/contract/destinations';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { setUpForwarding, soon, TOKEN } from './test-forwarding';

let sink: OtlpSink;
const { open, start, destination, arrived } = setUpForwarding((opened) => {
  sink = opened;
});

describe('what leaves', () => {
  it('is the received bytes of every signal, gzipped, with the headers, below the base URL', async () => {
    const test = start();
    expect(await test.configure([destination('cloud', `${sink.url}/otlp/`)])).toBeNull();
    const metrics = encodeOtlpJson('metrics', {
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'g', gauge: { dataPoints: [{ asInt: '1' }, {}] } }] }] }],
    });
    const logs = encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{}] }] }] });
    await Promise.all([test.receiveSpan(), test.journal.append('metrics', metrics), test.journal.append('logs', logs)]);
    await expect
      .poll(() => sink.requests.map(({ signal }) => signal).sort(), soon)
      .toEqual(['logs', 'metrics', 'traces']);
    for (const { headers } of sink.requests) {
      expect(headers).toMatchObject({
        'x-sumo-token': TOKEN,
        'content-type': 'application/x-protobuf',
        'content-encoding': 'gzip',
      });
    }
    expect(sink.requests.find(({ signal }) => signal === 'metrics')!.body).toEqual(Buffer.from(metrics));
    expect(sink.tries.every(({ path }) => path.startsWith('/otlp/v1/'))).toBe(true);
    await expect.poll(() => test.statsOf('cloud')?.sent, soon).toEqual({ spans: 1, logs: 1, points: 2 });
    const stats = test.statsOf('cloud')!;
    expect(stats).toMatchObject({ dropped: { spans: 0 }, queuedRequests: 0, failing: false, lastError: null });
    expect(stats.bytes).toBeGreaterThan(gzipSync(metrics, { level: 1 }).length);
    expect(Date.now() - stats.lastSentAt!).toBeLessThan(5000);
  });

  it('are few large requests where many small ones came', async () => {
    const test = start({ gatherMs: 100 });
    await test.configure([destination()]);
    const ids = await Promise.all(Array.from({ length: 300 }, () => test.receiveSpan()));
    await arrived(ids);
    expect(sink.requests.length).toBeLessThanOrEqual(3);
    expect(sink.spanIds().length).toBe(300);
  });

  it('is redacted by the rules', async () => {
    const test = start();
    const rules = [{ action: 'drop', keys: 'secret' }].map((rule) => RedactionRule.parse(rule));
    await test.configure([destination()], rules);
    await arrived([await test.receiveSpan({ secret: TOKEN, kept: 'yes' })]);
    expect(sink.requests[0]!.body.includes(TOKEN)).toBe(false);
    expect(sink.requests[0]!.body.includes('kept')).toBe(true);
  });
});

describe('a destination that is out of order', () => {
  it.each([
    ['is overloaded', { status: 429 }, '429 Too Many Requests'],
    ['is away', { status: 503, body: `no way, ${TOKEN}` }, '503 Service Unavailable: no way, ***'],
    ['cuts connections', 'cut', 'the connection was closed'],
    ['hangs', 'hang', 'no answer within 0.3 s'],
  ] as const)(
    'that %s gets everything later, and its error is told without secrets',
    async (_name, answer, message) => {
      const test = start(answer === 'hang' ? { timeoutMs: 300 } : {});
      sink.answer(answer);
      await test.configure([destination()]);
      const ids = [await test.receiveSpan(), await test.receiveSpan()];
      await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(true);
      expect(test.statsOf('cloud')!.lastError!.message).toContain(message);
      expect(test.statsOf('cloud')!.queuedRequests).toBe(2);
      expect(JSON.stringify(test.stats)).not.toContain(TOKEN);
      sink.answer({ status: 200 });
      await arrived(ids);
      await expect
        .poll(() => test.statsOf('cloud'), soon)
        .toMatchObject({
          failing: false,
          sent: { spans: 2 },
          dropped: { spans: 0 },
          queuedRequests: 0,
        });
    },
  );

  it('that does not listen gets everything when it listens again', async () => {
    const test = start();
    await sink.close();
    await test.configure([destination()]);
    const id = await test.receiveSpan();
    await expect.poll(() => test.statsOf('cloud')?.lastError?.message, soon).toContain('nothing listens there');
    const again = await startOtlpSink(sink.port);
    open.push(again.close);
    await arrived([id], again);
  });

  it('is not asked again before the time it asks for', async () => {
    const test = start();
    sink.answer({ status: 429, headers: { 'retry-after': '1' } });
    await test.configure([destination()]);
    const id = await test.receiveSpan();
    await expect.poll(() => sink.tries.length, soon).toBe(1);
    sink.answer({ status: 200 });
    await arrived([id]);
    expect(sink.tries[1]!.at - sink.tries[0]!.at).toBeGreaterThanOrEqual(990);
  });

  it('delays no other destination', async () => {
    const test = start();
    const other = await startOtlpSink();
    open.push(other.close);
    sink.answer('hang');
    await test.configure([destination(), destination('other', other.url)]);
    await arrived([await test.receiveSpan()], other);
    await arrived([await test.receiveSpan()], other);
    expect(test.statsOf('other')?.failing).toBe(false);
  });

  it.each([400, 401, 403, 404, 405, 413, 415, 422, 501])(
    'that refuses a request with %i loses that one, counted, is failing, and gets the next',
    async (status) => {
      const test = start();
      sink.answer({ status, body: `token ${TOKEN} is bad` });
      await test.configure([destination()]);
      await test.receiveSpan();
      await expect.poll(() => test.statsOf('cloud')?.dropped.spans, soon).toBe(1);
      const { lastError, failing } = test.statsOf('cloud')!;
      expect({ lastError, failing }).toMatchObject({ failing: true, lastError: { status, lost: true } });
      expect(lastError!.message).toContain('token *** is bad');
      sink.answer({ status: 200 });
      await arrived([await test.receiveSpan()]);
      await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(false);
    },
  );

  it.each([
    ['the fifth request', 5, 401, undefined],
    ['the hundredth request', 100, 401, undefined],
    ['the hundredth request', 100, 403, undefined],
    ['the hundredth request for one signal alone', 100, 401, 'traces'],
  ] as const)('that refuses from %s (%i) on with %i is failing from then on', async (_which, nth, status, only) => {
    const test = start();
    let requests = 0;
    sink.answer((signal) => ({ status: ++requests >= nth && (only ?? signal) === signal ? status : 200 }));
    await test.configure([destination()]);
    for (let sent = 1; sent < nth; sent++) {
      await test.receiveSpan();
      await expect.poll(() => requests, soon).toBe(sent);
    }
    await expect.poll(() => test.statsOf('cloud')?.sent.spans, soon).toBe(nth - 1);
    expect(test.statsOf('cloud')).toMatchObject({ failing: false, lastError: null });
    await test.receiveSpan();
    await expect
      .poll(() => test.statsOf('cloud'), soon)
      .toMatchObject({ failing: true, sent: { spans: nth - 1 }, dropped: { spans: 1 }, lastError: { status } });
    if (only) {
      await test.receiveLog();
      await expect.poll(() => test.statsOf('cloud'), soon).toMatchObject({ failing: true, sent: { logs: 1 } });
    }
    sink.answer({ status: 200 });
    await arrived([await test.receiveSpan()]);
    await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(false);
  });

  it('that takes spans and refuses log lines is failing', async () => {
    const test = start();
    sink.answer((signal) => ({ status: signal === 'logs' ? 404 : 200 }));
    await test.configure([destination()]);
    await test.receiveLog();
    await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(true);
    await arrived([await test.receiveSpan()]);
    await expect
      .poll(() => test.statsOf('cloud'), soon)
      .toMatchObject({ failing: true, sent: { spans: 1 }, dropped: { logs: 1 } });
  });

  it('that answers with its web page has taken nothing and is failing', async () => {
    const test = start();
    sink.answer({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' });
    await test.configure([destination()]);
    await test.receiveSpan();
    await expect
      .poll(() => test.statsOf('cloud'), soon)
      .toMatchObject({ failing: true, sent: { spans: 0 }, dropped: { spans: 1 } });
    expect(test.statsOf('cloud')!.lastError!.message).toBe('200 OK: a web page, not an OTLP answer');
  });

  it('that says success and rejects all of it is failing', async () => {
    const test = start();
    const body = JSON.stringify({ partialSuccess: { rejectedSpans: '1', errorMessage: 'over quota' } });
    sink.answer({ status: 200, headers: { 'content-type': 'application/json' }, body });
    await test.configure([destination()]);
    await test.receiveSpan();
    await expect
      .poll(() => test.statsOf('cloud'), soon)
      .toMatchObject({ failing: true, lastSentAt: null, lastError: { message: 'over quota', lost: true } });
  });

  it('that refused the old key is not failing with a new one', async () => {
    const test = start();
    sink.answer({ status: 401 });
    await test.configure([destination()]);
    await test.receiveSpan();
    await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(true);
    await test.configure([destination('cloud', sink.url, { 'x-sumo-token': 'new' })]);
    await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(false);
  });

  it('that rejects a part has that part counted as dropped', async () => {
    const test = start();
    const body = JSON.stringify({ partialSuccess: { rejectedSpans: '1', errorMessage: 'too old' } });
    sink.answer({ status: 200, headers: { 'content-type': 'application/json' }, body });
    await test.configure([destination()]);
    await Promise.all([test.receiveSpan(), test.receiveSpan(), test.receiveSpan()]);
    await expect.poll(() => test.statsOf('cloud')?.dropped.spans, soon).toBeGreaterThan(0);
    const { sent, dropped, lastError } = test.statsOf('cloud')!;
    expect(sent.spans + dropped.spans).toBe(3);
    expect(lastError!.message).toBe('too old');
  });

  it('that redirects is not followed', async () => {
    const test = start();
    const elsewhere = await startOtlpSink();
    open.push(elsewhere.close);
    sink.answer({ status: 307, headers: { location: `${elsewhere.url}/v1/traces` } });
    await test.configure([destination()]);
    await test.receiveSpan();
    await expect.poll(() => test.statsOf('cloud'), soon).toMatchObject({ failing: true, dropped: { spans: 1 } });
    expect(elsewhere.tries).toEqual([]);
  });

  it('that stays away loses the oldest beyond the bound, counted, and the journal is not needed any more', async () => {
    const test = start({ maxBytes: 4000 }, { segmentBytes: 1000 });
    sink.answer({ status: 503 });
    await test.configure([destination()]);
    const ids: string[] = [];
    for (let index = 0; index < 200; index++) ids.push(await test.receiveSpan());
    const { segment } = test.journal.end();
    await expect.poll(() => segment - test.needed!, soon).toBeLessThanOrEqual(4);
    expect(test.statsOf('cloud')!.lastError!.message).toContain('503');
    sink.answer({ status: 200 });
    await arrived([ids.at(-1)!]);
    await expect.poll(() => test.statsOf('cloud')?.queuedRequests, soon).toBe(0);
    const { sent, dropped } = test.statsOf('cloud')!;
    expect(dropped.spans).toBeGreaterThan(100);
    expect(sent.spans).toBe(new Set(sink.spanIds()).size);
    expect(sent.spans + dropped.spans).toBe(200);
  });

  it('that stays away loses what is too old, counted', async () => {
    let skew = 0;
    const test = start({ now: () => Date.now() + skew });
    sink.answer({ status: 503 });
    await test.configure([destination()]);
    await test.receiveSpan();
    await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(true);
    skew = 16 * 60_000;
    await expect.poll(() => test.statsOf('cloud')?.dropped.spans, soon).toBe(1);
  });
});

describe('the configuration', () => {
  it('begins with what is received after it, and ends with what was received before it', async () => {
    const test = start();
    const before = await test.receiveSpan();
    await test.configure([destination()]);
    const within = await Promise.all(Array.from({ length: 50 }, () => test.receiveSpan()));
    await test.configure([]);
    const after = await test.receiveSpan();
    await arrived(within);
    await expect.poll(() => test.needed, soon).toBeNull();
    expect(sink.spanIds()).not.toContain(before);
    expect(sink.spanIds()).not.toContain(after);
    expect(test.stats).toEqual([]);
  });

  it('keeps what is received after a switching off from leaving, also when the engine ends meanwhile', async () => {
    const test = start({ finishMs: 5000, timeoutMs: 5000 });
    sink.answer({ status: 200, afterMs: 100 });
    await test.configure([destination()]);
    const within = await test.receiveSpan();
    await expect.poll(() => sink.tries.length, soon).toBe(1);
    await test.configure([]);
    await test.receiveSpan();
    open.pop();
    await test.close({ graceMs: 1000 });
    expect(sink.spanIds()).toEqual([within]);
  });

  it('that takes out a destination which fails gives up what waits for it', async () => {
    const test = start();
    sink.answer({ status: 503 });
    await test.configure([destination()]);
    await test.receiveSpan();
    await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(true);
    await test.configure([]);
    await expect.poll(() => test.needed, soon).toBeNull();
    const { length } = sink.tries;
    sink.answer({ status: 200 });
    await test.configure([destination()]);
    await arrived([await test.receiveSpan()]);
    expect(sink.tries.length).toBe(length + 1);
  });

  it('holds for what waits: it leaves with the new header and by the new rules', async () => {
    const test = start();
    sink.answer({ status: 503 });
    await test.configure([destination()]);
    const id = await test.receiveSpan({ secret: TOKEN });
    await expect.poll(() => test.statsOf('cloud')?.failing, soon).toBe(true);
    const rules = [RedactionRule.parse({ action: 'drop', keys: 'secret' })];
    await test.configure([destination('cloud', sink.url, { 'x-sumo-token': 'new' })], rules);
    // A try by the old rules may still be on its way.
    sink.answer((_, body) => ({ status: body.includes(TOKEN) ? 503 : 200 }));
    await arrived([id]);
    expect(sink.requests[0]!.headers['x-sumo-token']).toBe('new');
  });

  it('is refused whole when an address or a rule cannot be used', async () => {
    const test = start();
    await test.configure([destination()]);
    const bad = RedactionRule.parse({ action: 'drop', keys: 'a(' });
    expect(await test.configure([], [bad])).toMatchObject({ kind: 'redaction-rule-invalid' });
    const credentials = await test.configure([destination('other', `http://user:${TOKEN}@127.0.0.1/`)]);
    expect(credentials).toMatchObject({ kind: 'destination-invalid' });
    expect(JSON.stringify(credentials)).not.toContain(TOKEN);
    await arrived([await test.receiveSpan()]);
  });

  it('leaves alone what stays as it was while another destination comes and goes', async () => {
    const test = start();
    sink.answer('hang');
    await test.configure([destination()]);
    await test.receiveSpan();
    await expect.poll(() => sink.tries.length, soon).toBe(1);
    await test.configure([destination(), destination('other', 'http://127.0.0.1:1')]);
    await test.configure([destination()]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sink.tries.length).toBe(1);
  });
});
