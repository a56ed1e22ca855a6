import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Attribute, Span } from '../../../../shared/contract/telemetry';
import { formatDuration, formatOffset } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { ComparedPath, PathSide } from '../../../../shared/trace-diff/compare-paths';
import { formatCount } from '../../../client/format-number';
import { keepTime } from '../../../page/time-window';
import { IconButton } from '../../../ui/controls/icon-button';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { BreakableName } from '../../../ui/text/breakable-name';
import { LongText } from '../../../ui/text/long-text';
import { showTemplate } from '../../../ui/text/show-template';
import type { TraceSide } from './compared-bar';

const mostSpans = 20;
const mostShown = 600;

interface ComparedPathDetailsProps {
  path: ComparedPath;
  sides: readonly [TraceSide, TraceSide];
  onClose: () => void;
}

/** One path of both traces: its spans in each, and what the attributes of the slowest of each say differently. */
export function ComparedPathDetails({ path, sides, onClose }: ComparedPathDetailsProps) {
  const [before, after] = [slowestOf(path.before, sides[0]), slowestOf(path.after, sides[1])];
  const differing = before && after ? differingAttributes(before, after) : [];
  return (
    <section aria-label="Compared spans" className="flex min-h-0 flex-1 flex-col border-l border-line bg-surface">
      <header className="flex items-start gap-2 px-3 pt-3 pb-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold wrap-anywhere">{showTemplate(path.name)}</h2>
          <ServiceDot service={path.service} className="text-muted" />
        </div>
        <IconButton label="Close the row" onClick={onClose}>
          <X size={15} />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto pb-3">
        <Spans name="A" side={path.before} of={sides[0]} />
        <Spans name="B" side={path.after} of={sides[1]} />
        {before && after && (
          <Part title="Attributes that differ, of the slowest of each">
            {differing.length === 0 ? (
              <p className="px-3 text-sm text-faint">None.</p>
            ) : (
              <dl className="divide-y divide-line/60 text-xs">
                {differing.map(({ key, was, is }) => (
                  <div key={key} className="px-3 py-1">
                    <dt className="font-mono text-muted wrap-anywhere">
                      <BreakableName name={showPlainText(key.slice(0, mostShown))} />
                    </dt>
                    <dd className="grid grid-cols-[1rem_1fr] gap-x-1 font-mono whitespace-pre-wrap wrap-anywhere">
                      <span className="text-muted">A</span>
                      <span>
                        {was === undefined ? (
                          <em className="text-faint">not there</em>
                        ) : (
                          <LongText text={was} most={mostShown} />
                        )}
                      </span>
                      <span className="text-muted">B</span>
                      <span>
                        {is === undefined ? (
                          <em className="text-faint">not there</em>
                        ) : (
                          <LongText text={is} most={mostShown} />
                        )}
                      </span>
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </Part>
        )}
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="px-3 pb-1 text-xs font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}

function Spans({ name, side, of: { trace, layout } }: { name: string; side: PathSide | null; of: TraceSide }) {
  if (!side) {
    return (
      <Part title={`In ${name}`}>
        <p className="px-3 text-sm text-faint">Not there.</p>
      </Part>
    );
  }
  const slowest = side.spans.toSorted((one, other) => durationAt(layout, other) - durationAt(layout, one));
  const failed = side.failed > 0 ? `, ${formatCount(side.failed)} failed` : '';
  return (
    <Part
      title={`In ${name}: ${formatCount(side.spans.length)} ${side.spans.length === 1 ? 'span' : 'spans'}, ${formatDuration(side.total)}${failed}`}
    >
      <ul className="text-xs">
        {slowest.slice(0, mostSpans).map((position) => {
          const { span, start } = layout.nodes[position]!;
          return (
            <li key={span.spanId}>
              <Link
                to="/traces/$traceId"
                params={{ traceId: trace.traceId }}
                search={(old) => ({ ...keepTime(old), span: span.spanId })}
                className="flex gap-3 px-3 py-0.5 font-mono hover:bg-hover"
              >
                <span className="w-16 text-right">{formatDuration(span.durationNs)}</span>
                <span className="text-muted">{formatOffset(start)}</span>
                {span.status.code === 'error' && <span className="text-bad">failed</span>}
              </Link>
            </li>
          );
        })}
      </ul>
      {slowest.length > mostSpans && (
        <p className="px-3 text-xs text-muted">
          The slowest {mostSpans} of {formatCount(slowest.length)}.
        </p>
      )}
    </Part>
  );
}

function durationAt(layout: TraceSide['layout'], position: number): number {
  return layout.nodes[position]!.span.durationNs;
}

function slowestOf(side: PathSide | null, { layout }: TraceSide): Span | undefined {
  const [first] = side?.spans.toSorted((a, b) => durationAt(layout, b) - durationAt(layout, a)) ?? [];
  return first === undefined ? undefined : layout.nodes[first]!.span;
}

function differingAttributes(before: Span, after: Span) {
  const textsOf = ({ attributes, status }: Span) =>
    new Map([
      ['status', [status.code, status.message].filter(Boolean).join(': ')],
      ...attributes.map(({ key, value }): [string, string] => [key, textOf(value)]),
    ]);
  const [was, is] = [textsOf(before), textsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .flatMap((key) => (was.get(key) === is.get(key) ? [] : [{ key, was: was.get(key), is: is.get(key) }]));
}

function textOf(value: Attribute['value']): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
