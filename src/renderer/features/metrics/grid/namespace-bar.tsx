import { useMemo, useState } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';

interface NamespaceBarProps {
  /** In the order in which they stand. */
  namespaces: readonly { name: string; count: number }[];
  chosen: string | undefined;
  onChoose: (name: string | undefined) => void;
}

/** As many as stand in a line or two. */
const shownAtFirst = 12;
/** More are found by their name. */
const mostShown = 200;

/** The first parts of the names, to see those of one alone: those of the most metrics, and all when they are asked for. */
export function NamespaceBar({ namespaces, chosen, onChoose }: NamespaceBarProps) {
  const [all, setAll] = useState(false);
  const most = all ? mostShown : shownAtFirst;
  const shown = useMemo(() => {
    const largest = namespaces.toSorted((a, b) => b.count - a.count).slice(0, most);
    const kept = new Set(largest.map(({ name }) => name));
    return namespaces.filter(({ name }) => kept.has(name) || name === chosen);
  }, [namespaces, most, chosen]);
  const hidden = namespaces.length - shown.length;
  return (
    <fieldset className={classNames('flex min-w-0 flex-wrap gap-1', all && 'max-h-40 overflow-y-auto')}>
      <legend className="sr-only">Namespace</legend>
      {shown.map(({ name, count }) => (
        <button
          key={name}
          type="button"
          aria-pressed={chosen === name}
          onClick={() => onChoose(chosen === name ? undefined : name)}
          className={classNames(
            'inline-flex h-6 max-w-56 items-center gap-1.5 rounded-full border px-2.5 text-xs',
            chosen === name
              ? 'border-transparent bg-selected text-accent'
              : 'border-line-strong text-muted hover:bg-hover hover:text-ink',
          )}
        >
          <span className="truncate">{showPlainText(name)}</span>
          <span className="text-faint tabular">{formatCount(count)}</span>
        </button>
      ))}
      {(all ? namespaces.length > shownAtFirst : hidden > 0) && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="h-6 rounded-full px-2.5 text-xs text-accent hover:bg-hover"
        >
          {all ? 'Fewer' : `${formatCount(hidden)} more`}
        </button>
      )}
      {all && hidden > 0 && (
        <span className="self-center text-xs text-muted">{formatCount(hidden)} more are found by their name</span>
      )}
    </fieldset>
  );
}
