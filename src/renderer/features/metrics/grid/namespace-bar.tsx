import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';

interface NamespaceBarProps {
  namespaces: readonly { name: string; count: number }[];
  chosen: string | undefined;
  onChoose: (name: string | undefined) => void;
}

/** The first parts of the names, to see those of one alone. */
export function NamespaceBar({ namespaces, chosen, onChoose }: NamespaceBarProps) {
  return (
    <fieldset className="flex max-h-14 min-w-0 flex-wrap gap-1 overflow-y-auto">
      <legend className="sr-only">Namespace</legend>
      {namespaces.map(({ name, count }) => (
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
    </fieldset>
  );
}
