import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImportedFile } from '../../shared/contract/imports';
import { FileImports } from './file-imports';

let server: Server;
let endpoint: string;
let sent: string[];
let answer: (body: string) => { status?: number; body: unknown };

beforeEach(async () => {
  sent = [];
  answer = () => ({ body: {} });
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      sent.push(`${request.url} ${body}`);
      const { status = 200, body: said } = answer(body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const traceId = 'AB'.repeat(16);
const spans = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${traceId}"},{"traceId":"${traceId}"}]}]}]}`;
const logs = '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}]}]}]}';
const metrics = '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{},{}]}},{"gauge":{}}]}]}]}';
const files = () => new FileImports(() => endpoint);
const whole = (text: string, imports = files()) => imports.take({ id: 'a', index: 0, text, last: true });

it('joins the pieces of a file and sends its lines, and says what was taken', async () => {
  const imports = files();
  const text = `${spans}\n\n${logs}\r\n${metrics}`;
  answer = (body) =>
    body.includes('resourceLogs')
      ? { body: { partialSuccess: { rejectedLogRecords: '1', errorMessage: 'too old' } } }
      : { body: {} };
  const take = (index: number, part: string, last: boolean) => imports.take({ id: 'a', index, text: part, last });
  expect(await take(0, text.slice(0, 70), false)).toBeNull();
  expect(await take(1, text.slice(70, 71), false)).toBeNull();
  expect(await take(2, text.slice(71), true)).toEqual({
    ...{ spans: 2, lines: 0, points: 2, rejected: 1, why: 'too old', problem: null },
    ...{ traceCount: 1, traceIds: [traceId.toLowerCase()] },
  });
  expect(sent.map((one) => one.split(' ')[0])).toEqual(['/v1/traces', '/v1/logs', '/v1/metrics']);
});

it('takes a request that was written over several lines', async () => {
  expect(await whole(JSON.stringify(JSON.parse(spans), null, 2))).toMatchObject({ spans: 2, problem: null });
  expect(sent).toHaveLength(1);
});

it('takes requests that stand over several lines one after the other, and tells how far it is', async () => {
  const imports = files();
  const shares: (number | null)[] = [];
  answer = () => {
    shares.push(imports.stored('a'));
    return { body: {} };
  };
  const laidOut = (text: string) => JSON.stringify(JSON.parse(text), null, 2);
  expect(imports.stored('a')).toBeNull();
  expect(await whole(`\ufeff${laidOut(spans)}\r\n\n${logs}${laidOut(metrics)}`, imports)).toMatchObject({
    ...{ spans: 2, lines: 1, points: 2, problem: null },
  });
  expect(sent.map((one) => one.split(' ')[0])).toEqual(['/v1/traces', '/v1/logs', '/v1/metrics']);
  expect(shares[0]).toBe(0);
  expect(shares[2]).toBeGreaterThan(shares[1]!);
  expect(imports.stored('a')).toBeNull();
});

it.each([
  ['a comma too many', '{\n  "resourceSpans": [\n    {},,\n  ]\n}', 'Line 3, column 8 is no JSON'],
  ['an end that is missing', '{\n  "resourceSpans": [\n', 'Line 3, column 1 is no JSON'],
  ['a text that does not end', '{"resourceSpans":["a\n{"resourceLogs":[]}', 'Line 1, column 19 is no JSON'],
])('names the place of %s', async (_, text, message) => {
  const { problem } = (await whole(`${logs}\n${text}`)) as ImportedFile;
  const [, line, rest] = message.match(/^Line (\d+)(.*)$/)!;
  expect(problem?.message).toContain(`Line ${Number(line) + 1}${rest}`);
  expect(problem?.hint).toContain('The request begins in line 2.');
  expect(sent).toHaveLength(1);
});

it.each([
  ['a page', '<!DOCTYPE html><p>x', 'Line 1 is not an OTLP JSON request: it is a page of HTML.'],
  ['nothing', ' \n', 'The file holds nothing.'],
  ['bytes', 'PNG\u0000\ufffd', 'Line 1 is not an OTLP JSON request: it is a binary file, not text.'],
  [
    'a Jaeger file',
    JSON.stringify({ data: [{ traceID: 'a', spans: [] }] }, null, 2),
    'Line 1 is not an OTLP JSON request: it is a trace as Jaeger exports it.',
  ],
  ['a name of every object', '{"constructor":[]}', 'Line 1 is not an OTLP JSON request.'],
])('refuses %s by name', async (_, text, message) => {
  expect(await whole(text)).toMatchObject({ spans: 0, problem: { kind: 'not-otlp', message } });
  expect(sent).toEqual([]);
});

it('ends at a line that is none or is not taken, and counts those before it', async () => {
  expect(await whole(`${spans}\nnot JSON\n${logs}`)).toMatchObject({
    spans: 2,
    problem: { message: 'Line 2 is not an OTLP JSON request.', hint: expect.stringContaining('Requests before it') },
  });
  answer = () => ({ status: 400, body: 'bad' });
  expect(await whole(spans)).toMatchObject({ spans: 0, problem: { message: 'Line 1 was refused with 400: "bad"' } });
});

it('has one file at a time, and forgets one that stopped for a minute or was given up', async () => {
  vi.useFakeTimers();
  const imports = files();
  const first = (id: string) => imports.take({ id, index: 0, text: ' ', last: false });
  await first('a');
  const busy = { refused: { kind: 'import-refused', message: 'Another file is being imported.' } };
  expect(await first('b')).toMatchObject(busy);
  vi.advanceTimersByTime(60_000);
  expect(await first('b')).toBeNull();
  imports.forget('b');
  expect(await first('c')).toBeNull();
  expect(await imports.take({ id: 'c', index: 2, text: ' ', last: false })).toMatchObject({
    refused: { message: 'Pieces of the file are missing.' },
  });
  expect(await first('d')).toBeNull();
});

it('refuses what is larger than 64 MiB in all, and where nothing takes telemetry', async () => {
  const imports = files();
  const text = 'x'.repeat(32 * 1024 * 1024);
  const take = (index: number, part: string) => imports.take({ id: 'a', index, text: part, last: false });
  await take(0, text);
  await take(1, text);
  expect(await take(2, 'é')).toMatchObject({ refused: { message: 'The file is larger than 64 MiB.' } });
  expect(await whole(spans, new FileImports(() => undefined))).toMatchObject({ refused: { kind: 'no-otlp-endpoint' } });
  expect((await whole(spans, imports)) as ImportedFile).toMatchObject({ spans: 2 });
});
