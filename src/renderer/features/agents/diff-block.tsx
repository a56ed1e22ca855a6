import { showPlainText } from '../../../shared/show-plain-text';
import { classNames } from '../../ui/class-names';
import { CopyButton } from '../../ui/text/copy-button';

/** A unified diff by lines; what is copied are the lines that come new, to put in by hand. */
export function DiffBlock({ diff, what }: { diff: string; what: string }) {
  const lines = diff.trimEnd().split('\n').slice(2);
  const added = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1));
  return (
    <div className="flex items-start overflow-hidden rounded-md border border-line bg-surface">
      <pre className="min-w-0 flex-1 overflow-x-auto py-2 font-mono text-xs leading-5">
        {lines.map((line, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name
            key={index}
            className={classNames(
              'block px-3',
              line.startsWith('+') && 'bg-ok-soft text-ok',
              line.startsWith('-') && 'bg-bad-soft text-bad',
              /^(@@|\\)/.test(line) && 'text-muted',
            )}
          >
            {showPlainText(line) || ' '}
          </span>
        ))}
      </pre>
      <div className="shrink-0 p-2">
        <CopyButton text={`${added.join('\n')}\n`} what={what} label="Copy" />
      </div>
    </div>
  );
}
