import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '../http/test-core';

let test: TestCore;
beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test?.close());

it.each([
  ['2026-07-28', { pin: '2026-07-28' }, 'codex-mcp-client', 'codex'],
  ['2025', 'legacy', 'gemini-cli-mcp-client', 'gemini'],
] as const)(
  'a client of %s is told as connected by its own name, with what it asked last',
  async (_era, mode, name, agent) => {
    const token = (await readFile(join(test.home, 'mcp-token'), 'utf8')).trim();
    const client = new Client({ name, version: '3.1' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${test.core.url}/mcp`), { requestInit }));
    try {
      await client.listTools();
      const clientOf = async () => {
        const feed = await test.core.client.agents.clients();
        const first = await feed.next();
        await feed.return?.(undefined);
        return first.done ? undefined : first.value.clients.find((each) => each.name === name);
      };
      const told = { agent, transport: 'http', version: '3.1', connected: true };
      expect(await clientOf()).toMatchObject({ ...told, asked: 0 });
      await client.callTool({ name: 'runs', arguments: { agent: 'me' } }).then(({ content }) => {
        expect(JSON.stringify(content)).toContain(`No runs of ${agent} yet`);
      });
      expect(await clientOf()).toMatchObject({ ...told, asked: 1, lastTool: 'runs' });
    } finally {
      await client.close();
    }
  },
);
