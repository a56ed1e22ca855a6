import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listen } from '../../ground/listen';
import { hearCursor } from './hear-cursor';

let home: string;
let server: Server;
let base: string;
let received: { url: string; body: string }[];
let now = 1_700_000_000_000;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'wt-cursor-'));
  received = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    received.push({ url: request.url!, body });
    response.end('{}');
  });
  base = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
});
afterEach(() => {
  server.close();
  rmSync(home, { recursive: true });
});

const hear = (event: unknown, content = false, endpoint: () => Promise<string | null> = async () => base) =>
  hearCursor(typeof event === 'string' ? event : JSON.stringify(event), {
    home,
    content,
    now: () => now,
    endpoint,
    signal: AbortSignal.timeout(5_000),
  });

const turn = {
  conversation_id: 'c1',
  generation_id: 'g1',
  model: 'composer-1',
  cursor_version: '2.4.0',
  user_email: 'me@example.com',
  workspace_roots: ['/home/me/shop'],
};

it('tells a turn as one trace: the prompt, its tools, and its end', async () => {
  await hear({ ...turn, hook_event_name: 'beforeSubmitPrompt', prompt: 'secret words' });
  now += 4_000;
  await hear({
    ...turn,
    hook_event_name: 'postToolUse',
    tool_name: 'Shell',
    tool_use_id: 't1',
    tool_input: { command: 'ls' },
    tool_output: 'a',
    duration: 250,
  });
  await hear({
    ...turn,
    hook_event_name: 'postToolUseFailure',
    tool_name: 'Read',
    tool_use_id: 't2',
    failure_type: 'timeout',
    duration: 10,
  });
  now += 1_000;
  await hear({ ...turn, hook_event_name: 'stop', status: 'completed', loop_count: 0 });
  expect(received.map(({ url }) => url)).toEqual(['/v1/logs', '/v1/traces', '/v1/traces', '/v1/traces']);
  const [shell, read, whole] = received
    .slice(1)
    .map(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans[0]);
  const [prompt] = JSON.parse(received[0]!.body).resourceLogs[0].scopeLogs[0].logRecords;
  expect([shell.traceId, read.traceId, prompt.traceId]).toEqual([whole.traceId, whole.traceId, whole.traceId]);
  expect([shell.parentSpanId, read.parentSpanId, prompt.spanId]).toEqual([whole.spanId, whole.spanId, whole.spanId]);
  expect(BigInt(shell.endTimeUnixNano) - BigInt(shell.startTimeUnixNano)).toBe(250_000_000n);
  expect(BigInt(whole.endTimeUnixNano) - BigInt(whole.startTimeUnixNano)).toBe(5_000_000_000n);
  expect(read.status).toEqual({ code: 2, message: 'timeout' });
  expect(readdirSync(join(home, 'cursor-turns'))).toEqual([]);
  for (const { body } of received) {
    expect(body).toContain('"session.id"');
    expect(body).not.toMatch(/me@example\.com|secret words|"ls"|command/);
  }
});

it('tells how long a command waited for leave, without what it was, and of which nobody was asked nothing', async () => {
  const shell = { ...turn, hook_event_name: 'beforeShellExecution', command: 'rm -rf out', cwd: '/home/me/shop' };
  const ran = {
    ...turn,
    ...{ hook_event_name: 'postToolUse', tool_name: 'Shell', tool_use_id: 't1', duration: 250 },
    tool_input: { command: 'rm -rf out' },
  };
  await hear(shell);
  expect(received).toEqual([]);
  expect(readdirSync(join(home, 'cursor-turns'))).toHaveLength(1);
  now += 9_250;
  await hear(ran);
  await hear({ ...ran, tool_use_id: 't2' });
  await hear(shell);
  now += 300;
  await hear({ ...ran, tool_use_id: 't3' });
  await hear({ ...turn, hook_event_name: 'beforeMCPExecution', tool_name: 'list', tool_input: '{}' });
  now += 4_000;
  const denied = { hook_event_name: 'postToolUseFailure', failure_type: 'permission_denied', duration: 0 };
  await hear({ ...turn, ...denied, tool_name: 'MCP:shop:list', tool_use_id: 't4' });
  const spans = received.map(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans[0]);
  const waits = spans.map(
    ({ attributes }) =>
      attributes.find(({ key }: { key: string }) => key === 'cursor.approval_wait_ms')?.value.intValue ?? null,
  );
  expect(waits).toEqual(['9000', null, null, '4000']);
  expect(readdirSync(join(home, 'cursor-turns'))).toEqual([]);
  for (const { body } of received) expect(body).not.toContain('rm -rf');
});

it('tells what was said where that is asked for', async () => {
  await hear({ ...turn, hook_event_name: 'beforeSubmitPrompt', prompt: 'secret words' }, true);
  await hear({ ...turn, hook_event_name: 'postToolUse', tool_name: 'Shell', tool_input: { command: 'ls' } }, true);
  expect(received[0]!.body).toContain('secret words');
  expect(received[1]!.body).toContain('gen_ai.tool.call.arguments');
});

it.each([
  ['no JSON', 'not json'],
  ['nothing', ''],
  ['a list', '[]'],
  ['an event that is not known', { ...turn, hook_event_name: 'somethingNew' }],
  ['an event of other shapes', { hook_event_name: 'postToolUse', tool_name: 7, duration: 'x', workspace_roots: 'y' }],
])('does not fail on %s', async (_what, event) => {
  await hear(event);
  expect(received.length).toBeLessThanOrEqual(1);
});

it('does not fail where no host runs, or none answers', async () => {
  const event = { ...turn, hook_event_name: 'stop' };
  await hear(event, false, async () => null);
  await hear(event, false, async () => 'http://127.0.0.1:1');
  await hear(event, false, async () => {
    throw new Error('gone');
  });
  expect(received).toEqual([]);
});
