import type { SessionDetail, SessionList, SessionRun, SessionSummary } from '../../shared/sessions/session';
import type { SessionEntry } from '../../shared/sessions/session-entry';
import { makeRun } from './run-data';
import { someTime } from './telemetry-data';

const prices = { asOf: '2026-07-24', source: 'list prices', path: '/home/ada/.watchtower/prices.json' };

/** A session of Claude Code in the shop that has ended. */
export function makeSession(id: string, fields: Partial<SessionSummary> = {}): SessionSummary {
  const tokens = { input: 1000, output: 500, cacheRead: 8000, cacheCreation: 500 };
  const cost = { reportedUsd: 1.25, estimatedUsd: null, unpriced: [] };
  return {
    ...{ id, agent: 'claude', agentTitle: 'Claude Code', service: 'claude-code', version: '2.3.1' },
    ...{
      startedAt: someTime,
      lastAt: someTime + 600_000,
      state: 'ended',
      repository: 'shop',
      folder: '/home/ada/shop',
    },
    ...{ prompts: 2, modelCalls: 5, toolCalls: 7, failedTools: 1, redundantTools: 1, errors: 1, retries: 1 },
    ...{ waits: 1, waitedMs: 4000, subagents: 1, compactions: 1, tokens, cost },
    ...{ models: [{ model: 'claude-opus-5', calls: 5, tokens, cost }], sources: ['events'], differences: [] },
    ...fields,
  };
}

export function makeSessionList(sessions: SessionSummary[], fields: Partial<SessionList> = {}): SessionList {
  return { sessions, prices, leftOut: [], ...fields };
}

/** `at` milliseconds after `someTime`. */
export function makeEntry<Kind extends SessionEntry['kind']>(
  kind: Kind,
  id: string,
  at: number,
  fields: Partial<SessionEntry & { kind: Kind }> = {},
): SessionEntry {
  const common = { id, at: someTime + at, durationMs: null };
  const tokens = { input: 10, output: 20, cacheRead: 300, cacheCreation: 0 };
  const made: Record<SessionEntry['kind'], object> = {
    prompt: { text: `prompt ${id}` },
    response: { text: `answer ${id}` },
    'model-call': { model: 'claude-opus-5', tokens, reportedUsd: 0.25, estimatedUsd: null, durationMs: 1500 },
    'tool-call': { tool: 'Bash', arguments: '{"command":"npm test"}', result: 'ok', ok: true, durationMs: 700 },
    subagent: { name: 'reviewer', tokens: 900 },
    compaction: { before: 150_000, after: 20_000, trigger: 'auto' },
    error: { message: 'overloaded', status: '529', model: 'claude-opus-5' },
    note: { name: 'permission_mode_changed', text: 'plan' },
  };
  return { ...common, kind, ...made[kind], ...fields } as SessionEntry;
}

export function makeSessionRun(id: string, fields: Partial<SessionRun> = {}): SessionRun {
  const diff = {
    before: 'earlier',
    verdict: 'worse' as const,
    changes: 3,
    worse: 2,
    sentences: ['GET /cart asks 40 queries, before 3.'],
  };
  return { run: makeRun(id), by: 'trace', diff, ...fields };
}

export function makeDetail(
  session: SessionSummary,
  entries: SessionEntry[],
  fields: Partial<SessionDetail> = {},
): SessionDetail {
  return {
    ...{ session, timeline: { total: entries.length, offset: 0, entries }, runs: [], prices, leftOut: [] },
    tools: [{ tool: 'Bash', calls: 7, failed: 1, redundant: 1, totalMs: 9000 }],
    ...fields,
  };
}
