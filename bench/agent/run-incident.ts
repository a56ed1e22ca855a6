import { AskedCalls, type Call } from './asked-calls';
import type { Incident } from './incident';
import { judgeAnswers } from './judge-answers';
import { openAgentHost } from './open-host';
import { type Sent, sendIncident } from './send-incident';

/** What an agent may take for one incident. */
export const incidentBounds = { calls: 6, tokens: 8000 };

export interface Solved {
  readonly id: string;
  readonly sent: Sent;
  readonly calls: readonly Call[];
  readonly tokens: number;
  /** What is wrong; empty where the cause is found within the bounds. */
  readonly faults: readonly string[];
}

/** Sends an incident into an engine of its own and lets its solver ask. */
export async function runIncident(
  incident: Incident,
  engine: string,
  { spans, seed }: { spans: number; seed: number },
): Promise<Solved> {
  const host = await openAgentHost(engine);
  try {
    const sent = await sendIncident(incident, host.otlpHttp, spans, seed);
    while (!(await host.core.client.runs.settled({ timeoutMs: 60_000 })).settled);
    const asked = new AskedCalls(host.core.client);
    await incident.solve(asked.ask);
    const { calls, tokens } = asked;
    const faults = [...judgeAnswers(incident, calls), ...overBounds(calls.length, tokens, incidentBounds)];
    return { id: incident.id, sent, calls, tokens, faults };
  } finally {
    await host.close();
  }
}

export function overBounds(calls: number, tokens: number, bounds: { calls: number; tokens: number }): string[] {
  return [
    ...(calls > bounds.calls ? [`${calls} calls, ${bounds.calls} at most`] : []),
    ...(tokens > bounds.tokens ? [`${tokens} tokens, ${bounds.tokens} at most`] : []),
  ];
}
