import { X } from 'lucide-react';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { LabelMatcher } from '../metric/label-matchers';
import { renderMatchers } from '../metric/label-matchers';

interface FilterChipsProps {
  matchers: readonly LabelMatcher[];
  onRemove: (index: number) => void;
}

/** The conditions on labels, to take away again. */
export function FilterChips({ matchers, onRemove }: FilterChipsProps) {
  return matchers.map((matcher, index) => {
    const told = showPlainText(renderMatchers([matcher]));
    return (
      <span
        key={told}
        className="inline-flex h-7 max-w-80 items-center gap-1 rounded-md bg-selected pr-1 pl-2 font-mono text-xs text-accent"
      >
        <span className="truncate" title={told}>
          {told}
        </span>
        <button
          type="button"
          aria-label={`Take away ${told}`}
          onClick={() => onRemove(index)}
          className="rounded p-0.5 hover:bg-hover"
        >
          <X size={13} aria-hidden />
        </button>
      </span>
    );
  });
}
