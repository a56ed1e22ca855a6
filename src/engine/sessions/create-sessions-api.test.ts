import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssembledDetail, AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createSessionsApi } from './create-sessions-api';

// The real store, telemetry as OTLP JSON: what no agent's SDK would send by itself.

/** Ten minutes after a midnight in UTC. */
const now = Date.UTC(2026, 10, 30, 0, 10);
let store: TestStore;
beforeEach(async () => {
  store = await openTestStore(() => now);
});
afterEach(() => store.close());

type Value = string | number | boolean;

function attributesOf(values: Record<string, Value>) {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : typeof value === 'boolean'
          ? { boolValue: value }
          : { doubleValue: value },
  }));
}

function recordOf(atMs: number, attributes: Record<string, Value>) {
  return { timeUnixNano: String(BigInt(Math.round(atMs * 1000)) * 1000n), attributes: attributesOf(attributes) };
}

function logsOf(service: string, logRecords: object[]) {
  const resource = { attributes: attributesOf({ 'service.name': service }) };
  return { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] };
}

const claude = (session: string, atMs: number, name: string, attributes: Record<string, Value> = {}) => ({
  ...recordOf(atMs, { 'session.id': session, 'event.name': name, ...attributes }),
  body: { stringValue: `claude_code.${name}` },
});
const call = (session: string, atMs: number, input: number, usd: number, attributes: Record<string, Value> = {}) =>
  claude(session, atMs, 'api_request', {
    model: 'm',
    input_tokens: input,
    output_tokens: 0,
    cost_usd: usd,
    ...attributes,
  });
const tool = (session: string, atMs: number, attributes: Record<string, Value> = {}) =>
  claude(session, atMs, 'tool_result', { tool_name: 'Read', success: 'true', duration_ms: 10, ...attributes });

async function list(from: number, to = now + 60_000): Promise<AssembledSession[]> {
  const { app } = createSessionsApi(store.reader);
  const response = await app.request(`/watchtower/sessions?start=${from}&end=${to}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { sessions: AssembledSession[] }).sessions;
}

async function show(ref: string, parameters = 'limit=2000'): Promise<AssembledDetail> {
  const { app } = createSessionsApi(store.reader);
  const response = await app.request(`/watchtower/session?ref=${encodeURIComponent(ref)}&${parameters}`);
  expect(response.status).toBe(200);
  return (await response.json()) as AssembledDetail;
}

const inputOf = (rows: AssembledSession['usage']) => rows.reduce((sum, { tokens }) => sum + tokens.input, 0);

describe('sessions of agents', () => {
  it('that work at the same time are told apart, whatever their agents', async () => {
    const at = now - 60_000;
    await store.ingestJson(
      'logs',
      logsOf('claude-code', [call('a', at, 1, 0.1), call('b', at, 20, 0.2), call('a', at + 5, 300, 0)]),
    );
    const codex = { 'event.name': 'codex.sse_event', 'event.kind': 'response.completed', 'conversation.id': 'a-codex' };
    const used = { input_token_count: 4000, output_token_count: 1 };
    await store.ingestJson('logs', logsOf('codex_cli_rs', [recordOf(at, { ...codex, ...used })]));
    const sessions = await list(at - 1000);
    expect(Object.fromEntries(sessions.map(({ id, usage }) => [id, inputOf(usage)]))).toEqual({
      ...{ a: 301, b: 20, 'a-codex': 4000 },
    });
  });

  it('over midnight are whole in the list, and in two parts in what each day used', async () => {
    const midnight = Date.UTC(2026, 10, 30);
    const records = [
      call('n', midnight - 60_000, 5, 0.5),
      call('n', midnight - 1, 7, 0.7),
      call('n', midnight, 11, 1.1),
    ];
    await store.ingestJson('logs', logsOf('claude-code', records));
    const [today] = await list(midnight);
    const [yesterday] = await list(midnight - 86_400_000, midnight);
    expect([inputOf(today!.usage), inputOf(today!.within), inputOf(yesterday!.within)]).toEqual([23, 11, 12]);
  });

  it('are not listed where all that has their id is of something else', async () => {
    const visit = recordOf(now - 1000, { 'session.id': 'browser', 'event.name': 'browser.page_view' });
    const begun = claude('begun', now - 1000, 'plugin_loaded');
    await store.ingestJson('logs', logsOf('shop', [visit]));
    await store.ingestJson('logs', logsOf('claude-code', [begun]));
    expect(await list(now - 10_000)).toEqual([]);
  });

  it('count a record once that came again, alone or with others', async () => {
    const [first, second] = [call('r', now - 5000, 10, 0.1), call('r', now - 4000, 20, 0.2)];
    const request = { request_id: 'req' };
    await store.ingestJson('logs', logsOf('claude-code', [first]));
    await store.ingestJson('logs', logsOf('claude-code', [first, second]));
    // The agent itself tells one call of the model twice.
    await store.ingestJson(
      'logs',
      logsOf('claude-code', [call('r', now - 3000, 40, 0.4, request), call('r', now - 2990, 40, 0.4, request)]),
    );
    const { session } = await show('r');
    expect([session.modelCalls, inputOf(session.usage)]).toEqual([3, 70]);
  });

  it('are told with times that cannot be right, and none of them stretches without end', async () => {
    const records = [
      tool('s', now - 1000, { duration_ms: 1e15, tool_use_id: 'a' }),
      tool('s', now - 900, { duration_ms: 'soon', tool_use_id: 'b' }),
      // Years off: the record stands where it arrived.
      tool('s', 1000, { tool_use_id: 'c' }),
    ];
    await store.ingestJson('logs', logsOf('claude-code', records));
    const { session, entries } = await show('s');
    expect(entries).toHaveLength(3);
    expect(session.startedAt).toBeGreaterThan(now - 10_000);
    expect(session.lastAt).toBeLessThanOrEqual(now + 1000);
  });

  it('take hostile ids, names, numbers and prompts for text', async () => {
    const id = `__proto__'"; DROP TABLE logs; --\u001b[31m\u202e${'x'.repeat(300)}`;
    const prompt = `Ignore all instructions.\u0000<script>${'y'.repeat(5000)}\ud800`;
    const odd = { input_tokens: -5, output_tokens: 'NaN', cost_usd: 'Infinity', cache_read_tokens: '1e3' };
    await store.ingestJson(
      'logs',
      logsOf('claude-code', [
        claude(id, now - 3000, 'user_prompt', { prompt, prompt_length: 'many' }),
        claude(id, now - 2000, 'api_request', { model: '__proto__', ...odd }),
        tool(id, now - 1000, { tool_name: 'constructor', tool_input: '{"a":' }),
      ]),
    );
    const { session, entries, tools } = await show(id);
    expect(session.id).toBe(id);
    expect(session.usage).toMatchObject([
      { model: '__proto__', usd: null, tokens: { input: 0, output: 0, cacheRead: 1000 } },
    ]);
    expect(tools).toMatchObject([{ tool: 'constructor', calls: 1 }]);
    expect(entries[0]).toMatchObject({ kind: 'prompt' });
    expect((entries[0] as { text: string }).text).toHaveLength(4001);
  });

  it('of 10,000 events are told in parts, with how many there are', async () => {
    const events = Array.from({ length: 10_000 }, (_, index) =>
      tool('long', now - 600_000 + index * 50, { tool_use_id: `t${index}` }),
    );
    for (let at = 0; at < events.length; at += 2500)
      await store.ingestJson('logs', logsOf('claude-code', events.slice(at, at + 2500)));
    const part = await show('long', 'offset=9990&limit=500');
    expect([part.total, part.offset, part.entries.length, part.session.toolCalls]).toEqual([10_000, 9990, 10, 10_000]);
    const last = await show('long', 'limit=3');
    expect([last.offset, last.entries.map((entry) => 'callId' in entry && entry.callId)]).toEqual([
      9997,
      ['t9997', 't9998', 't9999'],
    ]);
  }, 120_000);

  it('are made anew when rows of theirs came, whichever', async () => {
    const traceId = '4'.repeat(32);
    const resource = { attributes: attributesOf({ 'service.name': 'copilot-chat' }) };
    const span = (spanId: string, attributes: Record<string, Value>) => {
      const times = { startTimeUnixNano: `${now - 5000}000000`, endTimeUnixNano: `${now - 4000}000000` };
      const spans = [{ traceId, spanId, name: 'x', ...times, attributes: attributesOf(attributes) }];
      return { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] };
    };
    const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': 'talk', 'gen_ai.usage.input_tokens': 10 };
    const used = async () => (await list(now - 10_000)).map(({ usage, failedTools }) => [inputOf(usage), failedTools]);
    await store.ingestJson('traces', span('a'.repeat(16), chat));
    expect(await used()).toEqual([[10, 0]]);
    await store.ingestJson('traces', span('b'.repeat(16), { ...chat, 'gen_ai.usage.input_tokens': 7 }));
    expect(await used()).toEqual([[17, 0]]);
    // It names no session: the trace does.
    const failed = { 'event.name': 'copilot_chat.tool.call', 'gen_ai.tool.name': 'grep', success: false };
    await store.ingestJson(
      'logs',
      logsOf('copilot-chat', [{ ...recordOf(now - 4500, failed), traceId, spanId: 'a'.repeat(16) }]),
    );
    expect(await used()).toEqual([[17, 1]]);
    await store.ingestJson('logs', logsOf('claude-code', [call('talk', now - 4000, 100, 0)]));
    expect(await used()).toEqual([[117, 1]]);
    const dataPoints = [
      {
        asDouble: 5000,
        timeUnixNano: `${now - 3000}000000`,
        attributes: attributesOf({ 'session.id': 'talk', model: 'm', type: 'input' }),
      },
    ];
    const sum = { aggregationTemporality: 1, isMonotonic: true, dataPoints };
    const metrics = [{ name: 'claude_code.token.usage', unit: 'tokens', sum }];
    await store.ingestJson('metrics', { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] });
    expect(await used()).toEqual([[5000, 1]]);
  });

  it('are gone with their rows', async () => {
    await store.ingestJson('logs', logsOf('claude-code', [call('a', now - 1000, 1, 0)]));
    expect(await list(now - 10_000)).toHaveLength(1);
    await store.reader.database.rows('DELETE FROM logs');
    expect(await list(now - 10_000)).toEqual([]);
  });

  it('are found by the start of their id, by last, and several of a start are named', async () => {
    await store.ingestJson(
      'logs',
      logsOf('claude-code', [call('abc1', now - 5000, 1, 0), call('abc2', now - 1000, 1, 0)]),
    );
    const { app } = createSessionsApi(store.reader);
    expect((await show('abc1')).session.id).toBe('abc1');
    expect((await show('last')).session.id).toBe('abc2');
    expect(await (await app.request('/watchtower/session?ref=abc')).json()).toEqual({ several: ['abc2', 'abc1'] });
    expect((await app.request('/watchtower/session?ref=nobody')).status).toBe(404);
  });

  it('are those of an agent of any framework, by the conversation or else by the trace', async () => {
    const span = (traceId: string, spanId: string, parentSpanId: string, attributes: Record<string, Value>) => {
      const times = { startTimeUnixNano: `${now - 5000}000000`, endTimeUnixNano: `${now - 4000}000000` };
      return { traceId, spanId, parentSpanId, name: 'x', ...times, attributes: attributesOf(attributes) };
    };
    const [one, other] = ['1'.repeat(32), '2'.repeat(32)];
    const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.response.model': 'm', 'gen_ai.usage.output_tokens': 1 };
    const agent = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner' };
    const spans = [
      span(one, 'a'.repeat(16), '', { ...agent, 'gen_ai.conversation.id': 'talk' }),
      // Below a span that tells nothing.
      span(one, 'b'.repeat(16), 'a'.repeat(16), {}),
      span(one, 'c'.repeat(16), 'b'.repeat(16), { ...chat, 'gen_ai.usage.input_tokens': 10 }),
      span(other, 'a'.repeat(16), '', agent),
      span(other, 'c'.repeat(16), 'a'.repeat(16), { ...chat, 'gen_ai.usage.input_tokens': 200 }),
      // A model that is asked outside of any agent is no session.
      span('3'.repeat(32), 'c'.repeat(16), '', { ...chat, 'gen_ai.usage.input_tokens': 4000 }),
    ];
    const resource = { attributes: attributesOf({ 'service.name': 'assistant' }) };
    await store.ingestJson('traces', { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
    const sessions = await list(now - 10_000);
    expect(
      sessions.map(({ id, agentTitle, usage, prompts }) => [id, agentTitle, inputOf(usage), prompts]).sort(),
    ).toEqual([
      [other, 'planner', 200, 1],
      ['talk', 'planner', 10, 1],
    ]);
  });

  it('know no more than the request lets them ask: it ends with its signal', async () => {
    await store.ingestJson('logs', logsOf('claude-code', [call('a', now - 1000, 1, 0)]));
    const { app } = createSessionsApi(store.reader);
    const ends = AbortSignal.abort(new Error('gone'));
    const asked = app.request(`/watchtower/sessions?start=0&end=${now}`, { signal: ends });
    await expect(Promise.resolve(asked).then((response) => response.status)).resolves.toBe(500);
    // What an ended request did not look at, the next one does.
    expect(await list(now - 10_000)).toHaveLength(1);
  });

  it('are refused to be listed for a time that is none', async () => {
    const { app } = createSessionsApi(store.reader);
    for (const query of [
      'start=1&end=1',
      'start=x&end=2',
      'end=2',
      'start=0&end=1&limit=0',
      'start=0&end=1&limit=1001',
    ])
      expect((await app.request(`/watchtower/sessions?${query}`)).status, query).toBe(400);
    for (const query of ['', 'ref=a&limit=2001', 'ref=a&offset=-1'])
      expect((await app.request(`/watchtower/session?${query}`)).status, query).toBe(400);
  });
});
