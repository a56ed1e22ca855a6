import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { IconButton } from '../../../ui/controls/icon-button';
import { SearchInput } from '../../../ui/controls/search-input';
import { LeftOut } from '../../../ui/layout/left-out';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import type { FieldActions } from './field-actions';
import { FieldSection } from './field-section';
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
          <p className="p-3 text-muted">
            {text === '' ? 'No lines here, so no fields.' : 'No field has this in its name.'}
          </p>
        ) : (
          groups.map((group) => (
            <FieldSection
              key={group.title}
              {...group}
              open={open}
              onToggle={toggle}
              {...{ query, windowKey, resolveWindow }}
              {...actions}
            />
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
