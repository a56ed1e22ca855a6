import type { CSSProperties, KeyboardEvent } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatPace } from '../../../client/format-pace';
import { classNames } from '../../../ui/class-names';
import { describeErrorShare } from '../../../ui/marks/describe-error-share';
import { HealthMark } from '../../../ui/marks/health-mark';
import { MiddleCut } from '../../../ui/marks/middle-cut';
import { serviceColour } from '../../../ui/marks/service-colour';
import { NodeName, nodeWords } from '../marks/node-name';
import { farNameSize } from './far-name-size';
import { nodeSize, type Point } from './layout/lay-out-graph';
import type { CallSums, MapNode } from './make-graph';

interface MapNodeProps {
  node: MapNode;
  place: Point;
  windowMs: number;
  /** Calls to it and from it, for who does not see the curves. */
  calls: string;
  selected: boolean;
  dimmed: boolean;
  focusable: boolean;
  onFocus: () => void;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** One service, or what services call: its name, how much comes, how much of it fails, how long it takes. */
export function MapNodeCard(props: MapNodeProps) {
  const { node, place, windowMs, calls, selected, dimmed, focusable, onFocus, onOpen, onKeyDown } = props;
  const { activity } = node;
  const told = toldOf(node);
  const name = showPlainText(node.name) || 'unknown service';
  const { count, failed, latency } = activity
    ? {
        count: activity.requests || activity.spans,
        failed: activity.requests > 0 ? activity.failedRequests : activity.errorSpans,
        latency: activity.p95Ns === null ? [] : [`p95 ${formatDuration(activity.p95Ns)}`],
      }
    : { count: told.requests, failed: told.failed, latency: told.meanNs === null ? [] : [formatDuration(told.meanNs)] };
  const share = count > 0 ? describeErrorShare(failed / count) : null;
  const facts = [
    ...(activity || count > 0 ? paceOf(node, count, windowMs) : [nodeWords[node.kind]]),
    ...(failed > 0 && share ? [share.text] : []),
    ...latency,
  ];
  const health = share?.health ?? 'off';
  return (
    <button
      type="button"
      data-node={node.id}
      title={titleOf(node)}
      tabIndex={focusable ? 0 : -1}
      aria-pressed={selected}
      onFocus={onFocus}
      onClick={onFocus}
      onDoubleClick={onOpen}
      onKeyDown={onKeyDown}
      style={
        {
          ...{ left: place.x, top: place.y, width: nodeSize.width, height: nodeSize.height },
          '--name-most': `${farNameSize(name)}px`,
        } as CSSProperties
      }
      className={classNames(
        'absolute flex flex-col justify-center rounded-md border bg-surface pr-2 pl-3 text-left hover:bg-hover',
        node.kind !== 'service' && 'border-dashed',
        selected
          ? 'border-accent ring-1 ring-accent'
          : health === 'bad'
            ? 'border-bad'
            : health === 'warn'
              ? 'border-warn'
              : 'border-line-strong',
        dimmed && 'opacity-45',
      )}
    >
      {node.kind === 'service' && (
        <span
          aria-hidden
          className="absolute inset-y-1 left-1 w-1 rounded-full"
          style={{ background: serviceColour(node.name) }}
        />
      )}
      <span className="flex w-full min-w-0 items-center gap-1.5 text-xs font-medium group-data-far/map:text-[length:min(var(--name-size),var(--name-most))] group-data-far/map:leading-none">
        {node.kind === 'service' ? (
          <span
            title={name}
            className="flex min-w-0 overflow-hidden group-data-far/map:flex-col group-data-far/map:[&>:only-child]:line-clamp-2 group-data-far/map:[&>:only-child]:wrap-anywhere group-data-far/map:[&>:only-child]:whitespace-normal"
          >
            <MiddleCut name={name} />
          </span>
        ) : (
          <NodeName name={node.name} kind={node.kind} system={node.system} />
        )}
        {(health === 'bad' || health === 'warn') && <HealthMark health={health} size={9} />}
      </span>
      <span className="w-full truncate text-2xs text-muted tabular group-data-far/map:sr-only">
        {facts.join(' · ')}
      </span>
      <span className="sr-only">
        {activity ? '' : '. '}
        {nodeWords[node.kind]}. {calls}
      </span>
    </button>
  );
}

/** What the edges say of a node that sends no spans of its own: of a queue those to it and from it, and how long it takes to take from it. */
function toldOf({ kind, calls: { into, out } }: MapNode): CallSums {
  if (kind === 'user') return out;
  if (kind !== 'queue') return into;
  return {
    requests: into.requests + out.requests,
    failed: into.failed + out.failed,
    meanNs: out.meanNs ?? into.meanNs,
  };
}

/** Into a queue and out of it: what piles up, or is read by several. */
function paceOf({ kind, calls }: MapNode, count: number, windowMs: number): string[] {
  if (kind !== 'queue') return [formatPace(count, windowMs)];
  const paces = [calls.into, calls.out].map(({ requests }) => formatPace(requests, windowMs));
  return [[...new Set(paces)].join(' → ')];
}

function titleOf({ kind, calls: { into, out } }: MapNode): string | undefined {
  if (kind !== 'queue') return undefined;
  const told = ({ failed, meanNs }: CallSums) =>
    `${formatCount(failed)} failed${meanNs === null ? '' : `, mean ${formatDuration(meanNs)}`}`;
  return `Published: ${formatCount(into.requests)}, ${told(into)}\nTaken: ${formatCount(out.requests)}, ${told(out)}`;
}
