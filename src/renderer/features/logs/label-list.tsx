import { Columns3, Filter, FilterX } from 'lucide-react';
import { useMemo } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { classNames } from '../../ui/class-names';
import { IconButton } from '../../ui/controls/icon-button';
import { BreakableName } from '../../ui/text/breakable-name';
import { CopyButton } from '../../ui/text/copy-button';
import { ToldValue } from '../../ui/text/told-value';
import { valueShape } from '../../ui/text/value-shape';
import type { LabelGroup } from './group-labels';

const mostOfLabel = 4000;
/** A longer value would be most of an address, and of a query that the backend refuses for its length. */
const mostFiltered = 2000;
/** Longer values stand below their name, over the whole width. */
const mostBeside = 60;

interface LabelListProps extends LabelGroup {
  /** Narrows the query to lines with this value, or without it. */
  onFilter: (label: string, value: string, operator: '=' | '!=') => void;
  /** Makes a label a column, or takes it away. */
  onColumn?: ((label: string) => void) | undefined;
}

/** Labels of one origin, each with its value, to copy or to filter by. */
export function LabelList({ title, labels, onFilter, onColumn }: LabelListProps) {
  return (
    <>
      <h3 className="mt-3 mb-1 text-xs font-medium text-muted">{title}</h3>
      <dl className="divide-y divide-line border-y border-line font-mono text-xs">
        {labels.map((each) => (
          <LabelRow key={each.label} {...each} onFilter={onFilter} onColumn={onColumn} />
        ))}
      </dl>
    </>
  );
}

function LabelRow({
  name,
  label,
  value,
  onFilter,
  onColumn,
}: LabelGroup['labels'][number] & Pick<LabelListProps, 'onFilter' | 'onColumn'>) {
  const shape = useMemo(() => valueShape(name, value), [name, value]);
  const isLong = shape.kind !== 'text' || value.length > mostBeside || value.includes('\n');
  return (
    <div className={classNames('group min-h-7 py-1', isLong ? 'grid gap-0.5' : 'flex gap-2')}>
      <dt
        className={isLong ? 'text-muted' : 'w-2/5 shrink-0 text-muted'}
        title={name === label ? showPlainText(name) : `In queries: ${showPlainText(label)}`}
      >
        <BreakableName name={showPlainText(name)} />
      </dt>
      <dd className="flex min-w-0 flex-1 items-start gap-2">
        <div className="min-w-0 flex-1 wrap-anywhere whitespace-pre-wrap">
          <ToldValue text={value} shape={shape} most={mostOfLabel} />
        </div>
        <span className="-my-1 flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          {value.length <= mostFiltered && (
            <>
              <IconButton label={`Only lines with this ${name}`} size="sm" onClick={() => onFilter(label, value, '=')}>
                <Filter size={13} />
              </IconButton>
              <IconButton label={`Without this ${name}`} size="sm" onClick={() => onFilter(label, value, '!=')}>
                <FilterX size={13} />
              </IconButton>
            </>
          )}
          {onColumn && (
            <IconButton label={`${name} as a column`} size="sm" onClick={() => onColumn(label)}>
              <Columns3 size={13} />
            </IconButton>
          )}
          <CopyButton text={value} what={name} />
        </span>
      </dd>
    </div>
  );
}
