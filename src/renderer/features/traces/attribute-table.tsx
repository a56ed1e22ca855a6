import type { Attribute } from '../../../shared/contract/telemetry';
import { showPlainText } from '../../client/show-plain-text';
import { CopyButton } from '../../ui/copy-button';
import { LongText } from '../../ui/long-text';

/** Longer values show their beginning until asked for; the copy button takes the whole. */
const mostShown = 4000;

export function AttributeTable({ attributes, empty }: { attributes: readonly Attribute[]; empty: string }) {
  if (attributes.length === 0) return <p className="px-3 py-2 text-sm text-faint">{empty}</p>;
  const sorted = [...attributes].sort((a, b) => (a.key < b.key ? -1 : 1));
  return (
    <dl className="divide-y divide-line/60 text-xs">
      {sorted.map(({ key, value }, index) => {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same key may stand twice
          <div key={index} className="group flex items-start gap-2 px-3 py-1">
            <dt className="w-2/5 shrink-0 font-mono wrap-anywhere text-muted">
              {showPlainText(key.slice(0, mostShown))}
            </dt>
            <dd className="min-w-0 flex-1 font-mono whitespace-pre-wrap wrap-anywhere">
              <LongText text={text} most={mostShown} />
            </dd>
            <span className="-my-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
              <CopyButton text={text} what={key} />
            </span>
          </div>
        );
      })}
    </dl>
  );
}
