import type { Difference } from '../../../../shared/contract/explain';
import { showPlainText } from '../../../../shared/show-plain-text';
import { splitTraceQuery } from '../../../../shared/trace-query/split-trace-query';
import { traceField } from '../../../../shared/trace-query/trace-condition';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { BreakableName } from '../../../ui/text/breakable-name';
import { type FieldActions, ValueActions } from '../facets/value-actions';
import { nameValue, percent, round } from './describe-difference';

interface DifferenceRowProps {
  difference: Difference;
  actions: FieldActions;
  /** The first is the cause that is named above. */
  first: boolean;
}

/** A value, how often the selection and comparable others have it, and what can be done with it. */
export function DifferenceRow({ difference, actions, first }: DifferenceRowProps) {
  const { place, key, value, share, expected, lift, selectionCount, againstCount, same, follows, following, query } =
    difference;
  const others = [
    // That another value of the same key is rarer goes without saying.
    ...following.filter((each) => each.place !== place || each.key !== key).map(nameValue),
    ...(follows > following.length ? [`${formatCount(follows - following.length)} more`] : []),
  ];
  const condition = query === null ? null : splitTraceQuery(query).filter;
  const field = place === 'span' || place === 'resource' ? traceField(place, key) : place === 'intrinsic' ? key : null;
  return (
    <li className={classNames('group border-b border-line px-3 py-2', first && 'bg-selected/40')}>
      <div className="flex items-baseline gap-2">
        <p className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">
          <span className="text-muted">
            <BreakableName name={showPlainText(`${place === 'intrinsic' ? '' : `${place}.`}${key}`)} />
          </span>{' '}
          <span className="font-semibold">{value === null ? 'is missing' : showPlainText(value)}</span>
        </p>
        <span className="shrink-0 text-xs font-medium tabular" title="As often as in comparable others">
          {lift === null ? 'only here' : lift >= 1 ? `× ${round(lift)}` : `÷ ${round(1 / Math.max(lift, 1e-9))}`}
        </span>
      </div>
      <Bar label="Selection" share={share} count={selectionCount} colour="var(--color-accent)" />
      <Bar label="Rest" share={expected} count={againstCount} colour="var(--color-line-strong)" />
      {same.length > 0 && (
        <p className="mt-1 text-xs wrap-anywhere text-muted">The same spans: {same.map(nameValue).join(', ')}</p>
      )}
      {others.length > 0 && (
        <p className="mt-1 text-xs wrap-anywhere text-muted">Follows from it: {others.join(', ')}</p>
      )}
      <ValueActions condition={condition} field={field} what={nameValue(difference)} actions={actions} />
    </li>
  );
}

function Bar({ label, share, count, colour }: { label: string; share: number; count: number; colour: string }) {
  return (
    <div className="mt-1 flex items-center gap-2 text-xs tabular" title={`${formatCount(count)} of those looked at`}>
      <span className="w-16 shrink-0 text-muted">{label}</span>
      <span className="h-2 min-w-0 flex-1 rounded-sm bg-canvas" aria-hidden>
        <span
          className="block h-full rounded-sm"
          style={{ width: `${Math.min(100, 100 * share)}%`, minWidth: share > 0 ? 2 : 0, background: colour }}
        />
      </span>
      <span className="w-14 shrink-0 text-right">{percent(share)}</span>
    </div>
  );
}
