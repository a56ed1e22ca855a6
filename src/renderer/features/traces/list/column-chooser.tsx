import { useQuery } from '@tanstack/react-query';
import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { Button } from '../../../ui/controls/button';
import { SearchInput } from '../../../ui/controls/search-input';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Popover } from '../../../ui/overlays/popover';
import { columnField, mostColumns, writeColumns } from './select-columns';

interface ColumnChooserProps {
  columns: readonly string[];
  onChange: (columns: string[]) => void;
}

/** What most want to see first, where their telemetry has it. */
const usual = ['http.route', 'http.response.status_code', 'db.system.name', 'rpc.method', 'enduser.id', 'customer.id'];
const shownAtMost = 60;

/** Attributes of the matched spans as columns of the list. */
export function ColumnChooser({ columns, onChange }: ColumnChooserProps) {
  const [open, setOpen] = useState(false);
  const [find, setFind] = useState('');
  const tags = useQuery(orpc.traces.tagNames.queryOptions({ enabled: open, staleTime: 10_000 }));
  const fields = [
    ...(tags.data?.span ?? []).map((name) => ({ name, field: columnField('span', name) })),
    ...(tags.data?.resource ?? []).map((name) => ({ name, field: columnField('resource', name) })),
  ];
  const rank = ({ name, field }: { name: string; field: string }) =>
    columns.includes(field) ? -1 : usual.includes(name) ? usual.indexOf(name) : usual.length;
  const found = fields
    .filter(({ field }) => field.toLowerCase().includes(find.trim().toLowerCase()))
    .sort((a, b) => rank(a) - rank(b) || a.field.localeCompare(b.field));
  const toggle = (field: string) =>
    onChange(columns.includes(field) ? columns.filter((each) => each !== field) : [...columns, field]);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-80"
      trigger={
        <Button aria-label="Columns">
          <Columns3 size={14} className="text-faint" aria-hidden />
          Columns{writeColumns(columns) !== undefined && ` (${columns.length})`}
        </Button>
      }
    >
      <SearchInput aria-label="Find an attribute" placeholder="Find an attribute" value={find} onChange={setFind} />
      <ul className="mt-2 max-h-72 overflow-y-auto">
        {found.slice(0, shownAtMost).map(({ field }) => {
          const isChosen = columns.includes(field);
          return (
            <li key={field}>
              <label className="flex min-h-7 items-center gap-2 rounded px-1.5 font-mono text-xs hover:bg-hover">
                <input
                  type="checkbox"
                  className="accent-accent"
                  checked={isChosen}
                  disabled={!isChosen && columns.length >= mostColumns}
                  onChange={() => toggle(field)}
                />
                <span className="min-w-0 wrap-anywhere">{showPlainText(field)}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {tags.isError && (
        <div className="mt-2">
          <ProblemCard problem={describeError(tags.error)} />
        </div>
      )}
      <p className="mt-1.5 text-xs text-muted">
        {found.length === 0 && !tags.isError
          ? tags.isPending
            ? 'Looking'
            : 'No attribute of that name'
          : `Of the spans that match; at most ${mostColumns}`}
      </p>
    </Popover>
  );
}
