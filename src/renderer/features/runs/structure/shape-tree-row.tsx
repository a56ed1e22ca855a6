import type { RunChange } from '../../../../shared/runs/run-diff';
import { showPlainText } from '../../../../shared/show-plain-text';
import { classNames } from '../../../ui/class-names';
import { Badge } from '../../../ui/marks/badge';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { showTemplate } from '../../../ui/text/show-template';
import { BothDurations, BothNumbers } from './both-values';
import { ExampleTraces } from './example-traces';
import type { RequestTree, ShapeRow } from './layout-shapes';
import { markRow } from './mark-row';

interface ShapeTreeRowProps {
  row: ShapeRow;
  tree: RequestTree;
  changes: readonly RunChange[] | undefined;
}

/** CSS pixels a level, and the levels after which the rows move no further to the right. */
const indent = 14;
const mostIndented = 12;

export function ShapeTreeRow({ row, tree, changes }: ShapeTreeRowProps) {
  const { before, after, depth, below, service, kind, name } = row;
  const compares = changes !== undefined;
  const marks = changes ? markRow(row, tree, changes) : [];
  const gone = compares && !after;
  return (
    <tr className={classNames('hover:bg-hover', marks.some(({ worse }) => worse) && 'bg-bad-soft')} data-shape={name}>
      <td className="h-7 max-w-0 px-3">
        <span className="flex items-center gap-2" style={{ paddingLeft: (Math.min(depth, mostIndented) + 1) * indent }}>
          <ServiceDot service={service} bare />
          <span
            className={classNames('min-w-0 truncate', gone && 'text-muted line-through')}
            title={`${showPlainText(service)}, ${kind}: ${showTemplate(name)}`}
          >
            {showTemplate(name)}
          </span>
          {depth > mostIndented && <span className="shrink-0 text-xs text-faint">level {depth}</span>}
          {(after ?? before)?.query && <Badge>query</Badge>}
          {marks.map(({ word, worse }) => (
            <Badge key={word} tone={worse ? 'bad' : 'accent'}>
              {word}
            </Badge>
          ))}
          {below !== undefined && (
            <span className="min-w-0 truncate text-xs text-faint" title={showTemplate(below)}>
              below {showTemplate(below)}
            </span>
          )}
        </span>
      </td>
      <td className={number}>
        <BothNumbers
          compares={compares}
          before={perRequest(before?.count, tree.before?.count)}
          after={perRequest(after?.count, tree.after?.count)}
        />
        <span className="text-faint"> each</span>
      </td>
      <td className={number}>
        <span className={(after?.errors ?? 0) > 0 ? 'text-bad' : undefined}>
          <BothNumbers compares={compares} before={before?.errors} after={after?.errors} />
        </span>
      </td>
      <td className={number}>
        <BothDurations compares={compares} before={before?.durations.p50Ns} after={after?.durations.p50Ns} />
      </td>
      <td className={classNames(number, 'hidden min-[900px]:table-cell')}>
        <BothDurations compares={compares} before={before?.durations.p95Ns} after={after?.durations.p95Ns} />
      </td>
      <td className="pr-3 pl-2">
        <ExampleTraces name={name} compares={compares} before={before?.examples} after={after?.examples} />
      </td>
    </tr>
  );
}

const number = 'px-3 text-right text-xs whitespace-nowrap text-muted';

function perRequest(count: number | undefined, requests: number | undefined): number | undefined {
  return count === undefined ? undefined : count / Math.max(1, requests ?? 1);
}
