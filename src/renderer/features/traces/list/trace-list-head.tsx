import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { classNames } from '../../../ui/class-names';
import type { DurationRange } from './duration-share';
import type { ListColumn } from './list-columns';
import { traceColumns } from './trace-columns';

interface TraceListHeadProps {
  /** Of the attributes that the query selects. */
  columns: readonly ListColumn[];
  /** Whether the reader chose them. */
  chosen: boolean;
  range: DurationRange;
}

/** The names of the columns of the trace list. */
export function TraceListHead({ columns, chosen, range }: TraceListHeadProps) {
  const isLogarithmic = range.longest >= range.shortest * 10;
  return (
    <div
      className={classNames(
        traceColumns.row,
        'h-7 shrink-0 overflow-y-scroll border-b border-line bg-surface text-xs font-medium text-muted [scrollbar-color:transparent_transparent]',
      )}
      data-testid="trace-head"
    >
      <span className={traceColumns.time}>Started</span>
      <span className={traceColumns.name}>Root span</span>
      {columns.map(({ title, names, look }) => (
        <span
          key={title}
          className={classNames(
            traceColumns[look],
            traceColumns[chosen ? 'chosen' : 'standing'],
            'truncate',
            look === 'attribute' && 'font-mono',
          )}
          title={names.map(showPlainText).join(', ')}
        >
          {showPlainText(title)}
        </span>
      ))}
      <span className={traceColumns.errors}>Errors</span>
      <span className={traceColumns.services}>Other services</span>
      <span className={traceColumns.spans}>Spans</span>
      <span
        className={classNames(traceColumns.bar, 'truncate')}
        title={
          isLogarithmic
            ? `Logarithmic, from ${formatDuration(range.shortest)} to ${formatDuration(range.longest)}`
            : undefined
        }
      >
        {isLogarithmic && 'log scale'}
      </span>
      <span className={traceColumns.duration}>Duration</span>
    </div>
  );
}
