import { Columns3, Group, ListFilterPlus, ListX } from 'lucide-react';
import { IconButton } from '../../../ui/controls/icon-button';

/** What can be done with a value, or a field, of spans. */
export interface FieldActions {
  include: (condition: string) => void;
  exclude: (condition: string) => void;
  addColumn: (field: string) => void;
  groupBy: (field: string) => void;
}

interface ValueActionsProps {
  /** TraceQL; null where the language cannot say it. */
  condition: string | null;
  /** Null where it can be no column and no group. */
  field: string | null;
  /** The value in words. */
  what: string;
  actions: FieldActions;
}

/** One click each: only those, without those, by this field, as a column. */
export function ValueActions({ condition, field, what, actions }: ValueActionsProps) {
  return (
    <div className="mt-1 flex items-center gap-0.5">
      {condition !== null && (
        <>
          <IconButton size="sm" label={`Only ${what}`} onClick={() => actions.include(condition)}>
            <ListFilterPlus size={14} />
          </IconButton>
          <IconButton size="sm" label={`Without ${what}`} onClick={() => actions.exclude(condition)}>
            <ListX size={14} />
          </IconButton>
        </>
      )}
      {field !== null && (
        <>
          <IconButton size="sm" label={`Group by ${field}`} onClick={() => actions.groupBy(field)}>
            <Group size={14} />
          </IconButton>
          {field.includes('.') && (
            <IconButton size="sm" label={`${field} as a column`} onClick={() => actions.addColumn(field)}>
              <Columns3 size={14} />
            </IconButton>
          )}
        </>
      )}
    </div>
  );
}
