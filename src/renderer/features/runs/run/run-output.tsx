import { useNavigate } from '@tanstack/react-router';
import { SquareTerminal } from 'lucide-react';
import { useCallback, useState } from 'react';
import { lineText } from '../../../../shared/line-text';
import type { Run } from '../../../../shared/runs/run';
import { runLogsQuery } from '../../../../shared/runs/run-query';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { EmptyState } from '../../../ui/layout/empty-state';
import { ProblemCard } from '../../../ui/layout/problem-card';
import type { LogLine } from '../../../ui/log-list/log-buffer';
import { LogList, logRowHeight } from '../../../ui/log-list/log-list';
import { LogRowFrame } from '../../../ui/log-list/log-row-frame';
import { FeedMark } from '../../../ui/marks/feed-mark';
import { Spinner } from '../../../ui/marks/spinner';
import { LineTraceLink } from '../../logs/line-trace-link';
import { useLogStream } from '../../logs/use-log-stream';
import { useTextColumns } from '../../logs/use-text-columns';
import { mostWrappedLines, wrappedHeight, wrappedLineHeight } from '../../logs/wrapped-height';
import { runBounds } from './run-window';

const shownCharacters = 4000;
/** CSS pixels: level mark, time, level, stream, the way to the trace, and the gaps. */
const besidePx = 274;

/**
 * What the command wrote, as it writes it, and what its programs exported as log records: a line that is both is kept once, as a
 * record. Long lines wrap, as in a terminal.
 */
export function RunOutput({ run }: { run: Run }) {
  const live = run.state === 'running';
  const navigate = useNavigate();
  const [selectedId, setSelectedId] = useState<number | null>(null);
  const [columns, textArea] = useTextColumns(besidePx);
  const heightOf = useCallback((line: LogLine) => wrappedHeight(line, columns), [columns]);
  const { startedAt, endedAt } = run;
  const resolveWindow = useCallback(() => runBounds({ startedAt, endedAt }, Date.now()), [startedAt, endedAt]);
  const stream = useLogStream({ query: runLogsQuery(run.id), live, windowKey: String(endedAt), resolveWindow });
  const { view, feed, problem, loading, hold, release } = stream;
  const openTrace = ({ traceId, spanId }: LogLine) =>
    traceId &&
    void navigate({
      to: '/traces/$traceId',
      params: { traceId },
      search: (before) => ({ ...keepTime(before), span: spanId }),
    });
  const failed = problem ?? (feed.kind === 'refused' ? feed.problem : null);
  if (failed) {
    return (
      <div className="p-4">
        <ProblemCard problem={failed} />
      </div>
    );
  }
  if (view.lines.length === 0) {
    return loading ? (
      <div className="p-4">
        <Spinner label="Loading the output" />
      </div>
    ) : (
      <EmptyState icon={SquareTerminal} title={live ? 'No line yet' : 'No output is kept'}>
        {live
          ? 'What the command writes appears here as it comes.'
          : 'It wrote nothing, was run with --no-capture, or its lines are older than what is kept.'}
      </EmptyState>
    );
  }
  return (
    <>
      <LogList
        view={view}
        live={live}
        paused={false}
        selectedId={selectedId}
        heightOf={heightOf}
        textArea={textArea}
        renderRow={(line, top) => (
          <LogRowFrame
            level={line.level}
            timeNs={line.timeNs}
            top={top}
            selected={line.id === selectedId}
            onSelect={() => setSelectedId(line.id)}
            wrapped={{
              height: heightOf(line),
              lineHeight: `${wrappedLineHeight}px`,
              paddingBlock: (logRowHeight - wrappedLineHeight) / 2,
            }}
          >
            <OutputText line={line} />
            {line.traceId && <LineTraceLink traceId={line.traceId} onOpen={() => openTrace(line)} />}
          </LogRowFrame>
        )}
        hold={hold}
        release={release}
        loadOlder={stream.hasOlder ? () => void stream.loadOlder() : undefined}
      />
      <p className="flex h-6 shrink-0 items-center gap-3 border-t border-line bg-surface px-4 text-xs text-muted tabular">
        {live && <FeedMark state={feed} held={view.held} />}
        <span>
          {formatCount(view.lines.length)} {view.lines.length === 1 ? 'line' : 'lines'}
          {stream.hasOlder && ', older ones above'}
        </span>
        {view.dropped > 0 && (
          <span title="Every line is kept: its log lines have them.">
            {formatCount(view.dropped)} passed too fast to show
          </span>
        )}
      </p>
    </>
  );
}

function OutputText({ line }: { line: LogLine }) {
  const { log_iostream: stream } = line.labels;
  return (
    <>
      <span
        className={classNames('w-8 shrink-0', stream === 'stderr' ? 'text-warn' : 'text-faint')}
        title={stream === undefined ? 'A log record of its programs, which may have printed it as well' : undefined}
      >
        {stream === undefined ? 'log' : stream === 'stderr' ? 'err' : 'out'}
      </span>
      <span
        data-log-text
        className="min-w-0 flex-1 overflow-hidden break-all whitespace-pre-wrap text-ink"
        style={{ maxHeight: mostWrappedLines * wrappedLineHeight }}
      >
        {showPlainText(lineText(line).slice(0, shownCharacters))}
      </span>
    </>
  );
}
