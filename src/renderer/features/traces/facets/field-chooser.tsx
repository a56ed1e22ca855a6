import { useQuery } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { traceField } from '../../../../shared/trace-query/trace-condition';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { Button } from '../../../ui/controls/button';
import { SearchInput } from '../../../ui/controls/search-input';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Popover } from '../../../ui/overlays/popover';

interface FieldChooserProps {
  label: string;
  icon: LucideIcon;
  size?: 'sm' | 'md';
  /** Those are not offered. */
  isChosen?: (field: string) => boolean;
  /** Fields that are no attributes. */
  intrinsics?: readonly string[];
  onChoose: (field: string) => void;
}

const shownAtMost = 60;

/** A button that opens the attributes of all spans, to take one. */
export function FieldChooser({
  label,
  icon: Icon,
  size = 'sm',
  isChosen,
  intrinsics = [],
  onChoose,
}: FieldChooserProps) {
  const [open, setOpen] = useState(false);
  const [find, setFind] = useState('');
  const tags = useQuery(orpc.traces.tagNames.queryOptions({ enabled: open, staleTime: 10_000 }));
  const fields = [
    ...intrinsics,
    ...(tags.data?.span ?? []).map((name) => traceField('span', name)),
    ...(tags.data?.resource ?? []).map((name) => traceField('resource', name)),
  ].filter((field) => !isChosen?.(field) && field.toLowerCase().includes(find.trim().toLowerCase()));
  const choose = (field: string) => {
    setOpen(false);
    setFind('');
    onChoose(field);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <Button size={size}>
          <Icon size={13} className="text-faint" aria-hidden />
          {label}
        </Button>
      }
    >
      <SearchInput aria-label="Find an attribute" placeholder="Find an attribute" value={find} onChange={setFind} />
      <ul className="mt-2 max-h-72 overflow-y-auto">
        {fields.slice(0, shownAtMost).map((field) => (
          <li key={field}>
            <button
              type="button"
              onClick={() => choose(field)}
              className="flex min-h-7 w-full items-center rounded px-1.5 text-left font-mono text-xs wrap-anywhere hover:bg-hover focus-visible:bg-hover"
            >
              {showPlainText(field)}
            </button>
          </li>
        ))}
      </ul>
      {tags.isError && <ProblemCard problem={describeError(tags.error)} />}
      {fields.length === 0 && !tags.isError && (
        <p className="mt-1 text-xs text-muted">{tags.isPending ? 'Looking' : 'No attribute of that name'}</p>
      )}
      {fields.length > shownAtMost && (
        <p className="mt-1 text-xs text-muted">{fields.length - shownAtMost} more: write a part of the name</p>
      )}
    </Popover>
  );
}
