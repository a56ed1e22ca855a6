import { ORPCError } from '@orpc/client';
import { ConnectionLost } from '../core/http/client/send-http';
import type { Problem } from '../shared/problem';
import { CommandFailure } from './command-failure';
import { EXIT, type ExitCode } from './exit-codes';
import { hostEnded } from './host-ended';
import { paint, printable, type Terminal } from './terminal';

/** Runs a command's action; a failure becomes one readable message on stderr and an exit code. */
export async function runCommand(terminal: Terminal, action: () => Promise<ExitCode | undefined>): Promise<ExitCode> {
  try {
    return (await action()) ?? EXIT.ok;
  } catch (error) {
    const { problem, exitCode } = explainFailure(error);
    terminal.error(`${paint(terminal, 'red', 'error:')} ${printable(problem.message)}\n`);
    if (problem.details && !problem.message.includes(problem.details))
      terminal.error(`${printable(problem.details)}\n`);
    if (problem.hint) terminal.error(`${printable(problem.hint)}\n`);
    return exitCode;
  }
}

/** What an answer that is no success tells: of a problem, or of what the contract does not take. */
interface Refusal {
  message?: string;
  hint?: string;
  position?: number;
  issues?: { path: (string | number)[]; message: string }[];
}

interface ExplainedFailure {
  problem: Problem;
  exitCode: ExitCode;
  /** The host that was asked is gone, or was another one by now. */
  isLost?: boolean;
}

/** What went wrong, for a person or an agent. */
export function explainFailure(error: unknown): ExplainedFailure {
  if (error instanceof CommandFailure) return { problem: error.problem, exitCode: error.exitCode };
  if (error instanceof ORPCError) {
    const data = error.data as Refusal | undefined;
    const at = data?.position === undefined ? '' : ` (at character ${data.position + 1})`;
    const [issue] = data?.issues ?? [];
    const where = issue ? `: ${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}` : '';
    const problem: Problem = {
      kind: 'call-refused',
      message: `${data?.message ?? error.message}${at}${where}`,
      hint: data?.hint,
    };
    return {
      problem,
      exitCode: error.code === 'QUERY' ? EXIT.query : error.code === 'UNAVAILABLE' ? EXIT.notRunning : EXIT.failed,
    };
  }
  if (isConnectionLost(error)) {
    const { problem, exitCode } = hostEnded();
    return { problem, exitCode, isLost: true };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { problem: { kind: 'unexpected-error', message }, exitCode: EXIT.failed };
}

/** Before the first byte of an answer, and in the middle of a feed; `fetch` has words of its own for both. */
function isConnectionLost(error: unknown): boolean {
  if (error instanceof ConnectionLost) return true;
  return error instanceof TypeError && (error.message === 'fetch failed' || error.message === 'terminated');
}
