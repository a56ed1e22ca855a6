import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '../http/test-core';

/** A backend that takes every question and answers none. */
const silent = createServer((request) => void asked(request));
let asked: (request: IncomingMessage) => void = () => {};
let home: string;
let test: TestCore;

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  home = await mkdtemp(join(tmpdir(), 'wt-mcp-'));
  const external = { tempo: url, loki: url, prometheus: url, headers: [] };
  await writeFile(join(home, 'settings.json'), JSON.stringify({ backend: 'external', external }));
  test = await openTestCore(home);
});
afterAll(async () => {
  await test?.close();
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
  await rm(home, { recursive: true, force: true });
});

it.each([
  ['2026-07-28', { pin: '2026-07-28' }],
  ['2025', 'legacy'],
] as const)(
  'a call of %s that is cancelled ends its query at the backend, long before that would be given up',
  { timeout: 25_000 },
  async (_era, mode) => {
    const token = (await readFile(join(home, 'mcp-token'), 'utf8')).trim();
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${test.core.url}/mcp`), { requestInit }));
    const query = new Promise<IncomingMessage>((resolve) => {
      asked = (request) => {
        if (request.url?.startsWith('/api/search?')) resolve(request);
      };
    });
    const controller = new AbortController();
    const call = client
      .callTool({ name: 'search', arguments: { query: '{ name = "x" }' } }, { signal: controller.signal })
      .then(
        () => 'answered',
        () => 'cancelled',
      );
    const { socket } = await query;
    const closed = once(socket, 'close');
    controller.abort();
    expect(await call).toBe('cancelled');
    await closed;
    await client.close();
  },
);
