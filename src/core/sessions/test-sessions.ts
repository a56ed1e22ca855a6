import type { Run } from '../../shared/runs/run';
import type { AssembledDetail } from '../../shared/sessions/assembly/assembled-session';
import { SessionAssembler } from '../../shared/sessions/assembly/session-assembler';
import type { FactBody, FactHead } from '../../shared/sessions/dialects/session-fact';

export const noon = Date.UTC(2026, 10, 30, 12);

/** A session out of what is told of it; times are milliseconds after noon. */
export function assemble(
  id: string,
  facts: readonly (
    | [from: number, to: number, body: FactBody]
    | [from: number, to: number, body: FactBody, head: Partial<FactHead>]
  )[],
  head: Partial<FactHead> = {},
): AssembledDetail {
  const assembler = new SessionAssembler(id);
  for (const [from, to, body, own] of facts) {
    const times = { startMs: noon + from, endMs: noon + to };
    const usual = { session: id, agent: 'codex', agentTitle: 'Codex', service: 'codex_exec', origin: 'event' as const };
    assembler.add({ ...usual, ...times, ...head, ...own, ...body });
  }
  const detail = assembler.finish({ from: noon - 3_600_000, to: noon + 3_600_000, offset: 0, limit: 2000 });
  if (!detail) throw new Error('nothing was done in the session');
  return detail;
}

export function modelCall(model: string, input: number, output: number, usd?: number): FactBody {
  const tokens = { input, output, cacheRead: 0, cacheCreation: 0 };
  return { kind: 'model-call', model, tokens, signature: `${input}|${output}`, usd };
}

export function makeRun(id: string, startedAfterMs: number, run: Partial<Run> = {}): Run {
  return {
    ...{ id, name: 'shop', command: ['npm', 'test'], folder: '/work/shop', startedAt: noon + startedAfterMs },
    ...{ endedAt: noon + startedAfterMs + 1000, exitCode: 0, state: 'ended', pinned: false },
    ...{ traceId: 'f'.repeat(32), spanId: '1'.repeat(16) },
    ...run,
  };
}
