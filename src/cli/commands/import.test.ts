import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXIT } from '../exit-codes';
import { importTelemetry } from './import';

let folder: string;
let server: Server;
let endpoint: string;
/** Path and body of what was sent. */
let sent: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wt-import-'));
  sent = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      sent.push(`${request.url} ${body}`);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const said: string[] = [];
const terminal = {
  out: (text: string) => void said.push(text),
  error: () => {},
  coloured: false,
  columns: 80,
  isPerson: false,
};
const run = (file: string) => importTelemetry(file, { endpoint }, terminal);

it('sends each line to the path of its signal', async () => {
  const path = join(folder, 'lines.jsonl');
  writeFileSync(path, '{"resourceLogs":[]}\n\n{"resourceSpans":[]}\r\n{"resourceMetrics":[]}');
  await run(path);
  expect(sent).toEqual([
    '/v1/logs {"resourceLogs":[]}',
    '/v1/traces {"resourceSpans":[]}',
    '/v1/metrics {"resourceMetrics":[]}',
  ]);
});

it('sends requests that were laid out over several lines, plain or as gzip', async () => {
  const [plain, packed] = [join(folder, 'trace.json'), join(folder, 'trace.json.gz')];
  const request = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: '}]"{' } }] }] }, null, 2);
  writeFileSync(plain, `${request}\n${request}\n`);
  writeFileSync(packed, gzipSync(`${request}\n`));
  await run(plain);
  await run(packed);
  expect(sent).toEqual(Array.from({ length: 3 }, () => `/v1/traces ${request}`));
});

it('says that a gzip is damaged, and of which file', async () => {
  const path = join(folder, 'cut.gz');
  writeFileSync(path, gzipSync('{"resourceLogs":[]}\n'.repeat(9)).subarray(0, 30));
  await expect(run(path)).rejects.toMatchObject({
    problem: { kind: 'import-refused', message: expect.stringContaining(`${path} is damaged`) },
  });
});

it.each([
  ['a folder', () => folder, 'is a folder'],
  ['what is not there', () => join(folder, 'nothing'), 'There is no file'],
])('says so of %s, and sends nothing', async (_, file, message) => {
  await expect(run(file())).rejects.toMatchObject({
    exitCode: EXIT.usage,
    problem: { kind: 'no-file', message: expect.stringContaining(message) },
  });
  expect(sent).toEqual([]);
});

it.skipIf(process.platform === 'win32')('ends at a line that does not end, with its number', async () => {
  await expect(run('/dev/zero')).rejects.toMatchObject({
    problem: { kind: 'line-too-long', message: expect.stringContaining('line 1 is longer than 64 MiB') },
  });
  expect(sent).toEqual([]);
});

it('ends at the first line that is no request, with its number; those before it are sent', async () => {
  const path = join(folder, 'lines.jsonl');
  writeFileSync(path, '{"resourceLogs":[]}\nnot JSON\n{"resourceSpans":[]}\n');
  await expect(run(path)).rejects.toMatchObject({
    problem: { message: `${path}: Line 2 is not an OTLP JSON request.` },
  });
  expect(sent).toHaveLength(1);
});
