import { CornerDownLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Input } from './input';
import { QueryExcerpt } from './query-excerpt';

interface QueryInputProps {
  label: string;
  /** The query that runs now. */
  value: string;
  placeholder?: string;
  onSubmit: (query: string) => void;
  /** Why the backend refused `value`; `position` is 0-based. */
  problem?: { message: string; position?: number } | null;
  /** Controls at the right end. */
  children?: ReactNode;
  /** The key `/` focuses it. */
  pageSearch?: boolean;
}

/** One line of a query language: runs on Enter, shows a refusal at its place, Escape brings back what runs. */
export function QueryInput({ label, value, placeholder, onSubmit, problem, children, pageSearch }: QueryInputProps) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(value), [value]);
  // Blanks around a query, as a link may carry, change nothing.
  const changed = text.trim() !== value.trim();
  const goTo = (position: number) => {
    input.current?.focus();
    input.current?.setSelectionRange(position, position + 1);
  };
  return (
    <form
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(text.trim());
      }}
    >
      <div className="flex items-center gap-2">
        <div className="relative min-w-0 flex-1">
          <Input
            ref={input}
            mono
            aria-label={label}
            data-page-search={pageSearch || undefined}
            placeholder={placeholder}
            value={text}
            invalid={Boolean(problem) && !changed}
            className="w-full pr-20"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && (changed ? setText(value) : input.current?.blur())}
          />
          {changed && (
            <button
              type="submit"
              className="absolute top-1 right-1 inline-flex h-5 items-center gap-1 rounded bg-selected px-1.5 text-2xs font-medium text-accent"
            >
              Run <CornerDownLeft size={11} aria-hidden />
            </button>
          )}
        </div>
        {children}
      </div>
      {problem && !changed && <QueryProblemLine query={value} problem={problem} goTo={goTo} />}
    </form>
  );
}

const before = 24;
const after = 32;

function QueryProblemLine({
  query,
  problem: { message, position },
  goTo,
}: {
  query: string;
  problem: { message: string; position?: number };
  goTo: (position: number) => void;
}) {
  return (
    <p role="alert" className="mt-1 flex flex-wrap items-baseline gap-x-3 text-xs text-bad">
      <span className="wrap-anywhere">{message}</span>
      {position !== undefined && position <= query.length && (
        <button type="button" onClick={() => goTo(position)} className="font-mono text-muted" title="Go to this place">
          <QueryExcerpt query={query} position={position} before={before} after={after} />
        </button>
      )}
    </p>
  );
}
