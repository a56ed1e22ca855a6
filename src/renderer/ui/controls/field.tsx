import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  /** What to fill in, or where to find it. */
  note?: ReactNode;
  /** Why it cannot be taken as it is; stands in place of the note. */
  error?: string | null;
  children: (ids: { id: string; 'aria-describedby': string }) => ReactNode;
}

/** One line of a form: its name above, its note or what is wrong below. */
export function Field({ label, note, error, children }: FieldProps) {
  const id = useId();
  const describedBy = `${id}-note`;
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy })}
      <p id={describedBy} className={error ? 'text-xs text-bad' : 'text-xs text-muted'}>
        {error ?? note}
      </p>
    </div>
  );
}
