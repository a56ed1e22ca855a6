import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../store/open-test-store';
import type { StoreReader } from '../store/reader/reader';
import { findSession, listSessions } from './find-sessions';

const now = Date.UTC(2026, 10, 30, 12);
const { signal } = new AbortController();
let store: TestStore;
/** What was asked of the database. */
let statements: string[];
let reader: StoreReader;

beforeEach(async () => {
  store = await openTestStore(() => now);
  statements = [];
  const { database } = store.reader;
  reader = {
    ...{ dictionary: store.reader.dictionary, commits: store.reader.commits },
    spanIndex: () => store.reader.spanIndex(),
    database: {
      rows: (sql, ...rest) => {
        statements.push(sql);
        return database.rows(sql, ...rest);
      },
      columns: (sql, ...rest) => {
        statements.push(sql);
        return database.columns(sql, ...rest);
      },
    },
  };
});
afterEach(() => store.close());

const attributesOf = (values: Record<string, string | number>) =>
  Object.entries(values).map(([key, value]) => ({
    ...{ key, value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value } },
  }));
const resource = { attributes: attributesOf({ 'service.name': 'claude-code' }) };
const traceOf = (session: number) => String(session + 1).padStart(32, '0');
const nanos = (atMs: number) => `${atMs}000000`;

/** A call of a model as an event, a tool call as a span that names no session, and a counter, of each session. */
async function tell(sessions: readonly number[], atMs: number, input = 1): Promise<void> {
  const logRecords = sessions.map((session) => ({
    ...{ timeUnixNano: nanos(atMs + 10 * session), traceId: traceOf(session), spanId: '2'.repeat(16) },
    body: { stringValue: 'claude_code.api_request' },
    attributes: attributesOf({
      ...{ 'session.id': `s${session}`, 'event.name': 'api_request', model: 'm', input_tokens: input + session },
    }),
  }));
  await store.ingestJson('logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });
  const scope = { name: 'com.anthropic.claude_code.tracing' };
  const spans = sessions.flatMap((session) => {
    const common = { traceId: traceOf(session), startTimeUnixNano: nanos(atMs), endTimeUnixNano: nanos(atMs + 5) };
    const named = attributesOf({ 'session.id': `s${session}`, user_prompt: `hello ${session}` });
    return [
      { ...common, spanId: '3'.repeat(16), name: 'claude_code.interaction', attributes: named },
      { ...common, spanId: '4'.repeat(16), name: 'claude_code.tool', attributes: attributesOf({ tool_name: 'Read' }) },
    ];
  });
  await store.ingestJson('traces', { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] });
  const dataPoints = sessions.map((session) => ({
    ...{ asDouble: 1000 + session, startTimeUnixNano: nanos(atMs - 1000), timeUnixNano: nanos(atMs) },
    attributes: attributesOf({ 'session.id': `s${session}`, model: 'm', type: 'output' }),
  }));
  const sum = { aggregationTemporality: 1, isMonotonic: true, dataPoints };
  const metrics = [{ name: 'claude_code.token.usage', unit: 'tokens', sum }];
  await store.ingestJson('metrics', { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] });
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const day = { from: now - 86_400_000, to: now + 1000 };

async function asked(ask: () => Promise<unknown>): Promise<number> {
  statements = [];
  await ask();
  return statements.length;
}

describe('a list of sessions', () => {
  it('asks the database no more for many small sessions than for few', async () => {
    await tell(numbers(0, 3), now - 60_000);
    const few = await asked(() => listSessions(reader, day, 100, signal));
    await tell(numbers(3, 63), now - 50_000);
    expect(await asked(() => listSessions(reader, day, 100, signal))).toBeLessThanOrEqual(few + 10);
  });

  it('tells each as it is told by itself', async () => {
    await tell(numbers(0, 12), now - 60_000);
    await tell(numbers(6, 9), now - 30_000, 500);
    const { sessions } = await listSessions(reader, day, 100, signal);
    expect(sessions).toHaveLength(12);
    for (const session of sessions) {
      const alone = await findSession(reader, session.id, {}, signal);
      expect(alone).toMatchObject({ session });
      const toolCalls = ['s6', 's7', 's8'].includes(session.id) ? 2 : 1;
      expect(session).toMatchObject({ toolCalls, sources: ['events', 'spans', 'metrics'] });
    }
  });

  it('ends at its limit, and says how many are left', async () => {
    await tell(numbers(0, 7), now - 60_000);
    const { sessions, leftOut } = await listSessions(reader, day, 3, signal);
    expect(sessions.map(({ id }) => id)).toEqual(['s6', 's5', 's4']);
    expect(leftOut).toEqual(['4 sessions that did something before these are not listed.']);
  });

  it('reads a session once of which its window, as it moves on, holds less and less', async () => {
    for (const part of [1, 2, 3, 4]) await tell([1], now - 50_000 + part * 10_000);
    const calls = async (from: number) => {
      const { sessions } = await listSessions(reader, { from, to: now + 1000 }, 10, signal);
      return sessions[0]!.within.reduce((sum, row) => sum + row.calls, 0);
    };
    expect(await calls(now - 35_000)).toBe(3);
    statements = [];
    expect(await calls(now - 25_000)).toBe(2);
    expect(await calls(now - 15_000)).toBe(1);
    expect(await calls(now - 90_000)).toBe(4);
    expect(statements.filter((sql) => sql.includes('body'))).toEqual([]);
    await tell([1], now - 2000);
    expect(await calls(now - 15_000)).toBe(2);
  });
});
