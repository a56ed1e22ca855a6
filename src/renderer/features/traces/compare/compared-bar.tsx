import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Trace } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import type { ComparedPath } from '../../../../shared/trace-diff/compare-paths';
import { changeWords } from '../../../../shared/trace-diff/describe-path-changes';
import { formatCount } from '../../../client/format-number';
import { formatExactTime } from '../../../client/format-time';
import { useHostStatus } from '../../../client/use-host-status';
import { keepTime } from '../../../page/time-window';
import { Badge } from '../../../ui/marks/badge';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { CopyButton } from '../../../ui/text/copy-button';
import { changeTones } from './change-tones';

export interface TraceSide {
  readonly trace: Trace;
  readonly layout: TraceLayout;
}

interface ComparedBarProps {
  sides: readonly [TraceSide, TraceSide];
  paths: readonly ComparedPath[];
  forAgent: () => string;
  children: ReactNode;
}

/** Both traces in a line each, what differs in sum, and the acts on it. */
export function ComparedBar({ sides, paths, forAgent, children }: ComparedBarProps) {
  const host = useHostStatus();
  const counts = Object.keys(changeWords).flatMap((change) => {
    const count = paths.filter((path) => path.change === change).length;
    return count > 0 && change !== 'same' ? [{ change: change as ComparedPath['change'], count }] : [];
  });
  const same = paths.filter(({ change }) => change === 'same').length;
  const [a, b] = sides;
  const curl = () =>
    [
      `curl -s '${(host?.endpoints.tempo ?? 'http://localhost:3200').replace(/\/$/, '')}/api/v2/traces/diff'`,
      `-H 'content-type: application/json'`,
      `-d '${JSON.stringify({ base: { traceId: a.trace.traceId }, compare: { traceId: b.trace.traceId } })}'`,
    ].join(' \\\n  ');
  return (
    <div className="shrink-0 border-b border-line bg-raised">
      <div className="grid grid-cols-1 gap-px bg-line xl:grid-cols-2">
        <Side name="A" side={a} />
        <Side name="B" side={b} against={a} />
      </div>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-1.5">
        {counts.length === 0 ? (
          <span className="text-sm text-muted">
            {a.trace.traceId === b.trace.traceId
              ? 'Both are one and the same trace.'
              : 'Both have the same structure, and nothing takes notably longer.'}
          </span>
        ) : (
          counts.map(({ change, count }) => (
            <Badge key={change} tone={changeTones[change]}>
              {formatCount(count)} {changeWords[change]}
            </Badge>
          ))
        )}
        {same > 0 && counts.length > 0 && (
          <span className="text-xs text-muted tabular">{formatCount(same)} the same</span>
        )}
        {paths.every(({ before, after }) => before === null || after === null) && (
          <span className="text-xs text-warn">They have nothing in common: these are two kinds of requests.</span>
        )}
        <span className="flex-1" />
        {children}
        <CopyButton text={forAgent} what="the difference for an agent" label="For an agent" />
        <CopyButton text={curl} what="this comparison as curl" label="curl" />
      </div>
    </div>
  );
}

function Side({ name, side: { trace, layout }, against }: { name: string; side: TraceSide; against?: TraceSide }) {
  const root = layout.nodes[0]?.span;
  const errors = trace.spans.filter(({ status }) => status.code === 'error').length;
  const longer = against ? layout.lasted - against.layout.lasted : 0;
  return (
    <div className="flex min-w-0 items-center gap-2 bg-surface px-4 py-2">
      <span
        className="flex size-5 shrink-0 items-center justify-center rounded bg-hover text-xs font-semibold"
        aria-hidden
      >
        {name}
      </span>
      <Link
        to="/traces/$traceId"
        params={{ traceId: trace.traceId }}
        search={keepTime}
        className="flex min-w-0 items-center gap-2 hover:underline"
      >
        <span className="sr-only">Trace {name}: </span>
        {root && <ServiceDot service={root.service} className="text-muted" />}
        <span className="truncate font-medium">{showPlainText(root?.name ?? '')}</span>
      </Link>
      <span className="shrink-0 font-mono text-sm font-medium">{formatDuration(layout.lasted)}</span>
      {longer !== 0 && (
        <span className={`shrink-0 font-mono text-xs ${longer > 0 ? 'text-bad' : 'text-ok'}`}>
          {longer > 0 ? '+' : '−'}
          {formatDuration(Math.abs(longer))}
        </span>
      )}
      <span className="ml-auto shrink-0 text-xs text-muted tabular">
        {formatCount(trace.spans.length)}
        {trace.total !== undefined && ` of ${formatCount(trace.total)}`} {trace.spans.length === 1 ? 'span' : 'spans'}
        {errors > 0 && <span className="text-bad"> · {formatCount(errors)} failed</span>} ·{' '}
        {formatExactTime(layout.startNs).slice(5, 19)}
      </span>
    </div>
  );
}
