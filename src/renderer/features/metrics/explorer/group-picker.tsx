import { Check } from 'lucide-react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { Button } from '../../../ui/controls/button';
import { Popover } from '../../../ui/overlays/popover';

interface GroupPickerProps {
  labels: readonly { label: string; total: number }[];
  by: readonly string[];
  onChange: (by: readonly string[]) => void;
}

/** By which labels the values are grouped; none of them gives one line. */
export function GroupPicker({ labels, by, onChange }: GroupPickerProps) {
  const told = by.length > 0 ? by.map(showPlainText).join(', ') : 'nothing';
  return (
    <Popover
      className="max-h-96 w-72 overflow-y-auto p-1"
      trigger={
        <Button className="max-w-72">
          <span className="text-muted">by</span>
          <span className="truncate font-mono text-xs">{told}</span>
        </Button>
      }
    >
      {labels.length === 0 && <p className="p-2 text-sm text-muted">This metric has no labels.</p>}
      <ul aria-label="Group by">
        {labels.map(({ label, total }) => {
          const chosen = by.includes(label);
          return (
            <li key={label}>
              <button
                type="button"
                aria-pressed={chosen}
                onClick={() => onChange(chosen ? by.filter((each) => each !== label) : [...by, label])}
                className="flex h-7 w-full items-center gap-2 rounded px-2 text-left hover:bg-hover"
              >
                <Check size={14} aria-hidden className={chosen ? 'text-accent' : 'invisible'} />
                <span className="min-w-0 flex-1 truncate font-mono text-xs">{showPlainText(label)}</span>
                <span className="text-xs text-faint tabular">
                  {formatCount(total)} {total === 1 ? 'value' : 'values'}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {by.length > 0 && (
        <Button size="sm" tone="quiet" className="mt-1 w-full" onClick={() => onChange([])}>
          One line for all
        </Button>
      )}
    </Popover>
  );
}
