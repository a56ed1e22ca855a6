import { ChevronRight } from 'lucide-react';
import { showPlainText } from '../../../shared/show-plain-text';
import { LongText } from './long-text';
import type { JsonNode } from './read-json';

/** Levels that are open at first; what has more than this many parts is closed. */
const openLevels = 2;
const mostOpen = 40;
/** Longer texts show their beginning until asked for. */
const mostShown = 2000;
/** More parts of one node are cut, with their number. */
const mostParts = 500;

/** JSON in colours; each object and array can be folded. */
export function JsonView({ node, name, level = 0 }: { node: JsonNode; name?: string; level?: number }) {
  const label = name === undefined ? null : <span className="text-muted">{showPlainText(name)}: </span>;
  if (node.kind === 'string') {
    return (
      <div className="wrap-anywhere whitespace-pre-wrap">
        {label}
        <LongText text={node.value} most={mostShown} />
      </div>
    );
  }
  if (node.kind === 'other') {
    return (
      <div className="wrap-anywhere">
        {label}
        <span className="text-accent">{showPlainText(node.text)}</span>
      </div>
    );
  }
  const isObject = node.kind === 'object';
  const parts: readonly (readonly [string, JsonNode])[] = isObject
    ? node.entries
    : node.items.map((item, index) => [String(index), item]);
  const [before, after] = isObject ? ['{', '}'] : ['[', ']'];
  if (parts.length === 0) {
    return (
      <div>
        {label}
        {before}
        {after}
      </div>
    );
  }
  return (
    <details open={level < openLevels && parts.length <= mostOpen} className="[&[open]>summary>svg]:rotate-90">
      <summary className="flex cursor-pointer list-none items-start gap-0.5 rounded hover:bg-hover">
        <ChevronRight size={12} className="mt-0.5 shrink-0 text-faint" aria-hidden />
        <span className="min-w-0 wrap-anywhere">
          {label}
          <span className="text-faint">
            {before} {parts.length} {after}
          </span>
        </span>
      </summary>
      <div className="ml-1.5 border-l border-line pl-2.5">
        {parts.slice(0, mostParts).map(([key, part], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a key may stand twice
          <JsonView key={index} name={key} node={part} level={level + 1} />
        ))}
        {parts.length > mostParts && <p className="text-faint">… {parts.length - mostParts} more</p>}
      </div>
    </details>
  );
}
