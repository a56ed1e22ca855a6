import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { TraceSort } from '../../../page/page-search';
import { classNames } from '../../../ui/class-names';
import { ColumnBorder } from '../../../ui/list/column-border';
import type { ColumnWidths } from '../../../ui/list/use-column-widths';
import type { DurationRange } from './duration-share';
import type { ListColumn } from './list-columns';
import { chosenWidth, traceColumns } from './trace-columns';

interface TraceListHeadProps {
  /** Of the attributes that the query selects. */
  columns: readonly ListColumn[];
  /** Whether the reader chose them. */
  chosen: boolean;
  range: DurationRange;
  widths: ColumnWidths;
  sort: TraceSort | undefined;
  onSort: ((sort: TraceSort | undefined) => void) | undefined;
}

/** The names of the columns of the trace list. */
export function TraceListHead({ columns, chosen, range, widths, sort, onSort }: TraceListHeadProps) {
  const head = { sort, onSort };
  const border = (name: string) => (
    <ColumnBorder name={name} width={widths.of(name)} onWidth={(width) => widths.set(name, width)} />
  );
  const isLogarithmic = range.longest >= range.shortest * 10;
  return (
    <div
      className={classNames(
        traceColumns.row,
        'h-7 shrink-0 overflow-y-scroll border-b border-line bg-surface text-xs font-medium text-muted [scrollbar-color:transparent_transparent]',
      )}
      data-testid="trace-head"
    >
      <SortHead {...head} by={undefined} title="Started" className={traceColumns.time} />
      <span
        className={classNames(traceColumns.name, 'relative whitespace-nowrap')}
        style={chosenWidth(widths, 'Root span')}
      >
        Root span
        {border('Root span')}
      </span>
      {columns.map(({ title, names, look }) => (
        <span
          key={title}
          className={classNames(
            traceColumns[look],
            traceColumns[chosen ? 'chosen' : 'standing'],
            'relative',
            look === 'attribute' && 'font-mono',
          )}
          style={chosenWidth(widths, title)}
          title={names.map(showPlainText).join(', ')}
        >
          <span className="block truncate">{showPlainText(title)}</span>
          {border(title)}
        </span>
      ))}
      <SortHead {...head} by="errors" title="Errors" className={traceColumns.errors} />
      <span className={classNames(traceColumns.services, 'relative')} style={chosenWidth(widths, 'Other services')}>
        <span className="block truncate">Other services</span>
        {border('Other services')}
      </span>
      <SortHead {...head} by="spans" title="Spans" className={traceColumns.spans} />
      <span className={classNames(traceColumns.bar, 'relative')} style={chosenWidth(widths, 'Bars')}>
        <span
          className="block truncate"
          title={
            isLogarithmic
              ? `Logarithmic, from ${formatDuration(range.shortest)} to ${formatDuration(range.longest)}`
              : undefined
          }
        >
          {isLogarithmic && 'log scale'}
        </span>
        {border('Bars')}
      </span>
      <SortHead {...head} by="duration" title="Duration" className={traceColumns.duration} />
    </div>
  );
}

interface SortHeadProps extends Pick<TraceListHeadProps, 'sort' | 'onSort'> {
  /** Absent: the newest first. */
  by: TraceSort | undefined;
  title: string;
  className: string;
}

/** A head that sets the order; pressed again it gives it up. */
function SortHead({ sort, onSort, by, title, className }: SortHeadProps) {
  if (!onSort) return <span className={className}>{title}</span>;
  const isOn = sort === by;
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={by === undefined ? 'The newest first' : 'The greatest first'}
      onClick={() => onSort(isOn ? undefined : by)}
      className={classNames(
        className,
        !className.includes('text-right') && 'text-left',
        'hover:text-ink',
        isOn && 'text-ink',
      )}
    >
      {title}
      {isOn && ' ↓'}
    </button>
  );
}
