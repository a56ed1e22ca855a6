import type { Trace } from '../contract/telemetry';
import { formatDuration } from '../format-duration';
import { showPlainText } from '../show-plain-text';
import { describePart } from '../trace/describe-part';
import type { TraceLayout } from '../trace/layout-trace';
import type { ComparedPath, PathChange } from './compare-paths';

const mostLines = 40;
const mostNameCharacters = 120;

export const changeWords: Readonly<Record<PathChange, string>> = {
  new: 'new',
  gone: 'gone',
  fails: 'failing',
  recovered: 'no longer fails',
  slower: 'slower',
  faster: 'faster',
  more: 'more often',
  fewer: 'less often',
  same: 'the same',
};

interface Side {
  readonly trace: Pick<Trace, 'traceId' | 'spans' | 'total'>;
  readonly layout: TraceLayout;
}

interface Compared {
  readonly a: Side;
  readonly b: Side;
  readonly paths: readonly ComparedPath[];
  /** Where the panel shows it. */
  readonly link: string;
}

/** What differs between two traces as short text for a coding agent: in sum, then path by path, by how much own time changed. */
export function describePathChanges({ a, b, paths, link }: Compared): string {
  const failed = ({ nodes }: TraceLayout) => nodes.filter(({ span }) => span.status.code === 'error').length;
  const side = (name: string, { trace, layout }: Side) =>
    [
      `Trace ${name} ${trace.traceId}: ${formatDuration(layout.lasted)}, ${layout.nodes.length} spans, ${failed(layout)} failed`,
      ...[describePart(trace) ?? []].flat(),
    ].join('. ');
  const changed = paths
    .filter(({ change }) => change !== 'same')
    .toSorted((one, other) => weightOf(other) - weightOf(one));
  return [
    side('A', a),
    side('B', b),
    changed.length === 0
      ? 'Both have the same structure, and nothing takes notably longer.'
      : 'From A to B, by how much own time changed:',
    ...changed.slice(0, mostLines).map(describePath),
    ...(changed.length > mostLines ? [`… ${changed.length - mostLines} more paths differ`] : []),
    link,
  ].join('\n');
}

/** Nanoseconds of own time by which the path differs; failures weigh more than any time. */
function weightOf({ before, after, change }: ComparedPath): number {
  const differs = Math.abs((after?.own ?? 0) - (before?.own ?? 0));
  return change === 'fails' || (change === 'new' && (after?.failed ?? 0) > 0) ? differs + 1e18 : differs;
}

function describePath({ service, name, change, before, after }: ComparedPath): string {
  const shown = showPlainText(name.slice(0, mostNameCharacters));
  const count = (value: number | undefined) => `×${value ?? 0}`;
  const parts = [
    `${formatDuration(before?.own ?? 0)} → ${formatDuration(after?.own ?? 0)} own`,
    `${formatDuration(before?.total ?? 0)} → ${formatDuration(after?.total ?? 0)} in all`,
    ...(before?.spans.length === after?.spans.length
      ? []
      : [`${count(before?.spans.length)} → ${count(after?.spans.length)}`]),
    ...((before?.failed ?? 0) === (after?.failed ?? 0)
      ? []
      : [`failed ${before?.failed ?? 0} → ${after?.failed ?? 0}`]),
  ];
  return `- ${changeWords[change]}: ${showPlainText(service)} ${shown}: ${parts.join(', ')}`;
}
