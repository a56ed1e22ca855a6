import type { TraceSummary } from '../../shared/contract/telemetry';
import type { errorsOfTrace } from '../../shared/errors/errors-of-trace';

type TraceErrors = ReturnType<typeof errorsOfTrace>;
type Asked = Pick<TraceSummary, 'traceId' | 'spanCount' | 'errorCount'>;

interface Known {
  readonly spans: number;
  readonly failed: number;
  readonly errors: TraceErrors;
}

/** Several questions' worth, of other windows and services. */
const MOST = 500;

/** What traces that were read had to say of errors; one that has grown since is not known. The oldest of too many are forgotten. */
export class KnownTraces {
  private readonly traces = new Map<string, Known>();

  has(asked: Asked): boolean {
    return this.of(asked) !== undefined;
  }

  /** Undefined where it is not known. */
  of({ traceId, spanCount, errorCount }: Asked): TraceErrors | undefined {
    const known = this.traces.get(traceId);
    return known && known.spans === spanCount && known.failed === errorCount ? known.errors : undefined;
  }

  keep({ traceId, spanCount, errorCount }: Asked, errors: TraceErrors): void {
    this.traces.delete(traceId);
    this.traces.set(traceId, { spans: spanCount, failed: errorCount, errors });
    for (const oldest of this.traces.keys()) {
      if (this.traces.size <= MOST) break;
      this.traces.delete(oldest);
    }
  }
}
