import { formatCount } from '../../client/format-number';

/** How many lines are shown, of how many there are, and what passed too fast. */
export function LogsFooter({ shown, dropped, total }: { shown: number; dropped: number; total: number }) {
  return (
    <p className="flex h-6 shrink-0 items-center gap-3 border-t border-line bg-surface px-4 text-xs text-muted tabular">
      <span>
        {formatCount(shown)} {shown === 1 ? 'line' : 'lines'}
        {total > shown && ` of ${formatCount(total)} in this window`}
      </span>
      {dropped > 0 && (
        <span title="The feed was faster than what can be shown. Every line is kept: a query finds it.">
          {formatCount(dropped)} passed too fast to show
        </span>
      )}
    </p>
  );
}
