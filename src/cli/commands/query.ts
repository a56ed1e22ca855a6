import type { HostClient } from '../../core/http/client/create-host-client';
import { scopeToRun } from '../../core/observing/scope-to-run';
import { attach } from '../attach';
import { jsonLine, type Terminal } from '../terminal';
import { describeLog, describeSeries, describeTrace } from '../text/describe-telemetry';
import { type OfWhom, readOwnRuns } from './agent/read-own-runs';
import { readSince } from './agent/read-since';
import { tellAgent } from './agent/tell-agent';

export type Signal = 'traces' | 'logs' | 'metrics';

export interface QueryOptions extends OfWhom {
  /** As of `readSince`. */
  since: string;
  limit: number;
  json?: boolean;
}

/** Asks once and prints; `--json` prints the answer of the contract as one JSON document. */
export async function query(what: Signal, text: string, options: QueryOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const to = Date.now();
  const from = await readSince(options.since, client, to);
  if (terminal.isAgent && !options.json) {
    const since = `${Math.max(1, Math.ceil((to - from) / 1000))}s`;
    const { run, agent } = options;
    const ofWhom = { ...(run !== undefined && { run }), ...(agent !== undefined && { agent }) };
    return tellAgent(client, 'search', { query: text, signal: what, since, ...ofWhom }, terminal);
  }
  const own = await readOwnRuns(options, from, client);
  const asked = own ? scopeToRun({ signal: what, query: text }, ...own.runs.map(({ id }) => id)) : text;
  const answer = await ask[what](client, asked, own?.window ?? { from, to }, options.limit, terminal);
  if (options.json) return terminal.out(jsonLine(answer.json));
  if (answer.lines.length === 0) {
    return terminal.error(what === 'metrics' ? 'Nothing found.\n' : 'Nothing found. A longer window: --since 24h\n');
  }
  terminal.out(`${answer.lines.join('\n')}\n`);
}

type Ask = (
  client: HostClient,
  text: string,
  window: { from: number; to: number },
  limit: number,
  terminal: Terminal,
) => Promise<{ json: unknown; lines: string[] }>;

const ask: Record<Signal, Ask> = {
  traces: async (client, text, window, limit, terminal) => {
    const json = await client.traces.search({ query: text, window, limit });
    return { json, lines: json.traces.map((trace) => describeTrace(trace, terminal)) };
  },
  logs: async (client, text, window, limit, terminal) => {
    const json = await client.logs.query({ query: text, window, limit, direction: 'backward' });
    return { json, lines: [...json.records].reverse().map((record) => describeLog(record, terminal)) };
  },
  metrics: async (client, text, window) => {
    const json = await client.metrics.query({ query: text, at: window.to });
    return { json, lines: json.series.map(describeSeries) };
  },
};
