import type { Problem } from '../../../../shared/problem';
import { ProblemCard } from '../../../ui/layout/problem-card';

interface NoTraceLogsProps {
  loading: boolean;
  /** Why the backend in use has none at all. */
  without: string | null;
  /** Why it is not known which lines there are. */
  problem: Problem | null;
}

/** In place of the lines of a trace that has none, or of which none is known: the room is the waterfall's. */
export function NoTraceLogs({ loading, without, problem }: NoTraceLogsProps) {
  return (
    <section
      aria-label="Logs of the trace"
      data-testid="trace-logs"
      className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 border-t border-line bg-surface px-3 py-1.5 text-xs text-muted"
    >
      <h2 className="text-sm font-semibold text-ink">
        Logs of this trace {!problem && without === null && <span className="font-normal text-muted tabular">0</span>}
      </h2>
      {without !== null ? (
        without
      ) : problem ? (
        <div className="w-full pt-1.5">
          <ProblemCard problem={problem} />
        </div>
      ) : loading ? (
        'Looking for log lines …'
      ) : (
        'No log line carries this trace id. Logs sent by an OpenTelemetry SDK inside a span carry it by themselves.'
      )}
    </section>
  );
}
