import type { Problem } from '../../shared/problem';
import type { HostLog } from './host-log';

const foldMs = 60_000;
const mostKnown = 100;

export interface FaultSink {
  /** An error that nobody expected and that ended nothing: logged, and shown to the user. */
  report(where: string, error: unknown): void;
  /** A log whose errors are reported as well. */
  log: HostLog;
  /** The log as it is. */
  quiet: HostLog;
}

/** Each fault is told once a minute: one that a timer meets again and again would fill the log. */
export function createFaultSink(
  log: HostLog,
  show: (problem: Problem) => void,
  now: () => number = Date.now,
): FaultSink {
  const told = new Map<string, number>();
  const tell = (where: string, error: unknown, details: object, message: string) => {
    const key = `${where} ${error instanceof Error ? error.stack : String(error)}`;
    if (now() - (told.get(key) ?? Number.NEGATIVE_INFINITY) < foldMs) return;
    if (told.size >= mostKnown) told.clear();
    told.set(key, now());
    log.error(details, message);
    show(asProblem(where, error));
  };
  return {
    report: (where, error) => tell(where, error, { where, error }, 'unexpected error'),
    quiet: log,
    log: {
      ...log,
      error(details, message) {
        const { error, work } = details as { error?: unknown; work?: string };
        tell(work ?? message, error, details, message);
      },
    },
  };
}

function asProblem(where: string, error: unknown): Problem {
  return {
    kind: 'unexpected-error',
    message: `Watchtower met an error of its own and went on (${where}).`,
    hint: 'Restart it if something does not work as it should. Please report it with the diagnostics: watchtower diagnostics.',
    details: error instanceof Error ? (error.stack ?? error.message) : String(error ?? ''),
    lifetime: 'until-seen',
  };
}
