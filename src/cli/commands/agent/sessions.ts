import { findHarness } from '../../../shared/agents/find-harness';
import type { CostGrouping } from '../../../shared/sessions/session';
import { attach } from '../../attach';
import { jsonLine, printable, type Terminal } from '../../terminal';
import { readSince } from './read-since';

interface Asked {
  json?: boolean;
  budget?: number;
}

/** Tokens of an answer: an agent pays for them, a person scrolls. */
const forAgents = 700;
const forPeople = 4000;

function budgetOf({ budget }: Asked): number {
  return budget ?? (findHarness(process.env) === null ? forPeople : forAgents);
}

/** Sessions that did something since then, one a line. */
export async function listSessions(
  options: Asked & { since: string; limit: number },
  terminal: Terminal,
): Promise<void> {
  const { client } = await attach();
  const now = Date.now();
  const window = { from: await readSince(options.since, client, now), to: now + 1000 };
  const list = await client.sessions.list({ window, limit: options.limit });
  if (options.json) return terminal.out(jsonLine(list));
  const { describeSessions } = await import('../../../shared/session-text/describe-sessions');
  terminal.out(`${printable(describeSessions(list, now, budgetOf(options)))}\n`);
}

/** One session: its time line with what it started. */
export async function showSession(
  ref: string,
  options: Asked & { offset: number; limit: number },
  terminal: Terminal,
): Promise<void> {
  const { client } = await attach();
  const detail = await client.sessions.show({ ref, offset: options.offset, limit: options.limit });
  if (options.json) return terminal.out(jsonLine(detail));
  const { describeSessionDetail } = await import('../../../shared/session-text/describe-session-detail');
  terminal.out(`${printable(describeSessionDetail(detail, Date.now(), budgetOf(options)))}\n`);
}

/** What agents used since then, in groups. */
export async function sessionCost(
  options: Asked & { since: string; by: CostGrouping },
  terminal: Terminal,
): Promise<void> {
  const { client } = await attach();
  const now = Date.now();
  const window = { from: await readSince(options.since, client, now), to: now + 1000 };
  const report = await client.sessions.cost({ window, by: options.by });
  if (options.json) return terminal.out(jsonLine(report));
  const { describeCost } = await import('../../../shared/session-text/describe-cost');
  terminal.out(`${printable(describeCost(report, budgetOf(options)))}\n`);
}
