import { useNavigate } from '@tanstack/react-router';
import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import type { Finding } from '../../../../shared/runs/finding';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { traceLogsRequest } from '../../../../shared/trace/trace-logs-request';
import { LogDetails } from '../../logs/log-details';
import type { WaterfallState } from '../waterfall/use-waterfall';
import { RepeatDetails } from './repeat-details';
import { SpanDetails } from './span-details';

const noNeedles: readonly string[] = [];

interface TraceSideProps {
  trace: Trace;
  layout: TraceLayout;
  state: WaterfallState;
  /** Of the trace. */
  logs: readonly LogRecord[];
  findings: ReadonlyMap<string, readonly Finding[]>;
  /** The line whose record is shown, before anything else. */
  opened: LogRecord | null;
  onClose: () => void;
}

/** What is chosen in a trace in detail: a log line, siblings that do the same, or a span. */
export function TraceSide({ trace, layout, state, logs, findings, opened, onClose }: TraceSideProps) {
  const navigate = useNavigate();
  if (opened) {
    const { query, window } = traceLogsRequest(trace.traceId, layout);
    return (
      <LogDetails
        line={{ ...opened, id: 0 }}
        needles={noNeedles}
        onClose={onClose}
        onFilter={(label, value) =>
          void navigate({
            to: '/logs',
            search: { q: `${query} | ${label}=${JSON.stringify(value)}`, ...window, live: false },
          })
        }
      />
    );
  }
  if (state.repeat) {
    return (
      <RepeatDetails
        layout={layout}
        repeat={state.repeat}
        findings={findings}
        onSelect={state.selectAt}
        onClose={onClose}
      />
    );
  }
  const node = layout.nodes[state.selected];
  return node ? <SpanDetails trace={trace} layout={layout} node={node} logs={logs} onClose={onClose} /> : null;
}
