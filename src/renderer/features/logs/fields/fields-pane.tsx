import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, Columns3, X } from 'lucide-react';
import { useState } from 'react';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatShort } from '../../../client/format-number';
import { IconButton } from '../../../ui/controls/icon-button';
import { SearchInput } from '../../../ui/controls/search-input';
import { LeftOut } from '../../../ui/layout/left-out';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { BreakableName } from '../../../ui/text/breakable-name';
import type { FieldActions } from './field-actions';
import { FieldValues } from './field-values';
import { groupFields } from './group-fields';

interface FieldsPaneProps extends FieldActions {
  query: string;
  windowKey: string;
  resolveWindow: () => TimeWindow;
  onClose: () => void;
}

/** What the lines can be filtered by, with the values of each field and how many lines have them. */
export function FieldsPane({ query, windowKey, resolveWindow, onClose, ...actions }: FieldsPaneProps) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const fields = useQuery({
    queryKey: ['log-fields', query, windowKey],
    queryFn: ({ signal }) => client.logs.fields({ query, window: resolveWindow() }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const toggle = (name: string) => {
    const next = new Set(open);
    if (!next.delete(name)) next.add(name);
    setOpen(next);
  };
  const groups = groupFields(fields.data?.fields ?? [], text);
  return (
    <aside
      aria-label="Fields"
      className="flex w-72 max-w-[45%] shrink-0 flex-col border-r border-line bg-surface max-md:w-56"
    >
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
        <SearchInput
          aria-label="Fields with"
          placeholder="Fields"
          className="min-w-0 flex-1"
          value={text}
          onChange={setText}
        />
        <IconButton label="Close the fields" size="sm" onClick={onClose}>
          <X size={14} />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-3 text-sm">
        {fields.isError ? (
          <div className="p-3">
            <ProblemCard problem={describeError(fields.error)} />
          </div>
        ) : !fields.data ? (
          <div className="p-3">
            <Spinner />
          </div>
        ) : groups.length === 0 ? (
          <p className="p-3 text-muted">{text === '' ? 'No line, no fields.' : 'No field has this in its name.'}</p>
        ) : (
          groups.map(({ title, fields: ofGroup }) => (
            <section key={title}>
              <h3 className="px-3 pt-3 pb-1 text-xs font-medium text-muted">{title}</h3>
              <ul>
                {ofGroup.map((field) => {
                  const isOpen = open.has(field.name);
                  return (
                    <li key={field.name}>
                      <div className="group flex items-center gap-1 pr-2 pl-1 hover:bg-hover">
                        <button
                          type="button"
                          aria-expanded={isOpen}
                          className="flex min-h-7 min-w-0 flex-1 items-center gap-1 text-left font-mono text-xs"
                          onClick={() => toggle(field.name)}
                        >
                          {isOpen ? (
                            <ChevronDown size={13} className="shrink-0 text-faint" aria-hidden />
                          ) : (
                            <ChevronRight size={13} className="shrink-0 text-faint" aria-hidden />
                          )}
                          <span className="min-w-0 flex-1 wrap-anywhere">
                            <BreakableName name={showPlainText(field.name)} />
                          </span>
                          <span
                            className="text-2xs text-faint tabular"
                            title={`${field.cardinality} values among the newest lines`}
                          >
                            {formatShort(field.cardinality)}
                          </span>
                        </button>
                        <IconButton
                          label={
                            actions.columns.includes(field.name)
                              ? `Remove the column ${showPlainText(field.name)}`
                              : `${showPlainText(field.name)} as a column`
                          }
                          size="sm"
                          pressed={actions.columns.includes(field.name)}
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
            </section>
          ))
        )}
        {fields.data && fields.data.leftOut.length > 0 && (
          <div className="p-3">
            <LeftOut sentences={fields.data.leftOut} />
          </div>
        )}
      </div>
    </aside>
  );
}
