import { useQuery } from '@tanstack/react-query';
import { Filter, FilterX } from 'lucide-react';
import type { LogField } from '../../../../shared/contract/log-patterns';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { IconButton } from '../../../ui/controls/icon-button';
import { useMoreRows } from '../../../ui/layout/use-more-rows';
import { Spinner } from '../../../ui/marks/spinner';
import type { FieldActions } from './field-actions';

const shownAtFirst = 10;
const mostShown = 200;

interface FieldValuesProps extends Pick<FieldActions, 'onFilter'> {
  field: LogField;
  query: string;
  windowKey: string;
  resolveWindow: () => TimeWindow;
}

/** The most frequent values of a field in the window, each with its share of the lines that have the field. */
export function FieldValues({ field, query, windowKey, resolveWindow, onFilter }: FieldValuesProps) {
  const { name, kind } = field;
  const found = useQuery({
    queryKey: ['log-field-values', query, windowKey, name, kind],
    queryFn: ({ signal }) => client.logs.fieldValues({ query, window: resolveWindow(), name, kind }, { signal }),
    retry: false,
    staleTime: 10_000,
  });
  const { shown, more } = useMoreRows(found.data?.values ?? [], shownAtFirst);
  if (found.isError) {
    const { message, hint } = describeError(found.error);
    return (
      <p role="alert" className="px-6 py-1 text-xs wrap-anywhere text-bad">
        {message} {hint}
      </p>
    );
  }
  if (!found.data) {
    return (
      <div className="px-6 py-1">
        <Spinner />
      </div>
    );
  }
  const { total, leftOut } = found.data;
  return (
    <div className="pb-1">
      <ul className="font-mono text-xs">
        {shown.map(({ value, count }) => {
          const text = showPlainText(value.slice(0, mostShown));
          return (
            <li key={value} className="group relative flex min-h-6 items-center gap-2 pr-2 pl-6 hover:bg-hover">
              <span
                aria-hidden
                className="absolute inset-y-0.5 left-5 rounded-sm bg-accent/15"
                style={{ width: `calc((100% - 1.25rem) * ${total === 0 ? 0 : count / total})` }}
              />
              <span className="relative min-w-0 flex-1 truncate" title={text}>
                {text}
              </span>
              <span className="relative flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                <IconButton label={`Only ${name} ${text}`} size="sm" onClick={() => onFilter(field, value, '=')}>
                  <Filter size={12} />
                </IconButton>
                <IconButton label={`Without ${name} ${text}`} size="sm" onClick={() => onFilter(field, value, '!=')}>
                  <FilterX size={12} />
                </IconButton>
              </span>
              <span className="relative text-2xs text-muted tabular">{formatCount(count)}</span>
            </li>
          );
        })}
      </ul>
      {more}
      {shown.length === 0 && <p className="px-6 text-xs text-muted">No line of the window has it.</p>}
      {leftOut.map((sentence) => (
        <p key={sentence} className="px-6 text-2xs text-faint">
          {sentence}
        </p>
      ))}
    </div>
  );
}
