import { ChevronDown, ChevronRight, Columns3 } from 'lucide-react';
import type { LogField } from '../../../../shared/contract/log-patterns';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatShort } from '../../../client/format-number';
import { IconButton } from '../../../ui/controls/icon-button';
import { useMoreRows } from '../../../ui/layout/use-more-rows';
import { BreakableName } from '../../../ui/text/breakable-name';
import type { FieldActions } from './field-actions';
import { FieldValues } from './field-values';

/** Rows that are drawn until more are asked for: JSON can have any number of keys. */
const shownAtFirst = 100;

interface FieldSectionProps extends FieldActions {
  title: string;
  fields: readonly LogField[];
  /** Names of those whose values are shown. */
  open: ReadonlySet<string>;
  onToggle: (name: string) => void;
  query: string;
  windowKey: string;
  resolveWindow: () => TimeWindow;
}

/** The fields of one place in the lines, each with the values that it opens to. */
export function FieldSection({
  title,
  fields,
  open,
  onToggle,
  query,
  windowKey,
  resolveWindow,
  ...actions
}: FieldSectionProps) {
  const { shown, more } = useMoreRows(fields, shownAtFirst);
  return (
    <section>
      <h3 className="px-3 pt-3 pb-1 text-xs font-medium text-muted">{title}</h3>
      <ul>
        {shown.map((field) => {
          const isOpen = open.has(field.name);
          const name = showPlainText(field.name);
          const isColumn = actions.columns.includes(field.name);
          return (
            <li key={field.name}>
              <div className="group flex items-center gap-1 pr-2 pl-1 hover:bg-hover">
                <button
                  type="button"
                  aria-expanded={isOpen}
                  className="flex min-h-7 min-w-0 flex-1 items-center gap-1 text-left font-mono text-xs"
                  onClick={() => onToggle(field.name)}
                >
                  {isOpen ? (
                    <ChevronDown size={13} className="shrink-0 text-faint" aria-hidden />
                  ) : (
                    <ChevronRight size={13} className="shrink-0 text-faint" aria-hidden />
                  )}
                  <span className="min-w-0 flex-1 wrap-anywhere">
                    <BreakableName name={name} />
                  </span>
                  <span
                    className="text-2xs text-faint tabular"
                    title={`${field.cardinality} values among the newest lines`}
                  >
                    {formatShort(field.cardinality)}
                  </span>
                </button>
                <IconButton
                  label={isColumn ? `Remove the column ${name}` : `${name} as a column`}
                  size="sm"
                  pressed={isColumn}
                  onClick={() => actions.onColumn(field.name)}
                >
                  <Columns3 size={13} />
                </IconButton>
              </div>
              {isOpen && <FieldValues field={field} {...{ query, windowKey, resolveWindow }} {...actions} />}
            </li>
          );
        })}
      </ul>
      {more}
    </section>
  );
}
