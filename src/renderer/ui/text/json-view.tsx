import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { formatCount } from '../../client/format-number';
import { LongText } from './long-text';
import { MarkText } from './mark-text';
import type { JsonNode } from './read-json';

/** Levels that are open at first; what has more than this many parts is closed. */
const openLevels = 2;
const mostOpen = 40;
/** Longer texts show their beginning until asked for. */
const mostShown = 2000;
/** More parts of one node are shown when asked for. */
const mostParts = 500;
const none: readonly string[] = [];

interface JsonViewProps {
  node: JsonNode;
  name?: string;
  level?: number;
  /** Texts that are marked where they stand; what holds one is open. */
  needles?: readonly string[];
}

/** JSON in colours; each object and array can be folded. */
export function JsonView({ node, name, level = 0, needles = none }: JsonViewProps) {
  const [all, setAll] = useState(false);
  const label =
    name === undefined ? null : (
      <span className="text-muted">
        <MarkText text={showPlainText(name)} needles={needles} />:{' '}
      </span>
    );
  if (node.kind === 'string') {
    return (
      <div className="wrap-anywhere whitespace-pre-wrap">
        {label}
        <LongText text={node.value} most={mostShown} needles={needles} />
      </div>
    );
  }
  if (node.kind === 'other') {
    return (
      <div className="wrap-anywhere">
        {label}
        <span className="text-accent">
          <MarkText text={showPlainText(node.text)} needles={needles} />
        </span>
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
    <details
      open={(level < openLevels && parts.length <= mostOpen) || holds(node, needles)}
      className="[&[open]>summary>svg]:rotate-90"
    >
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-0.5 rounded hover:bg-hover">
        <ChevronRight size={12} className="shrink-0 text-faint" aria-hidden />
        <span className="min-w-0 wrap-anywhere">
          {label}
          <span className="text-faint">
            {before} {parts.length} {after}
          </span>
        </span>
      </summary>
      <div className="ml-1.5 border-l border-line pl-2.5">
        {(all || needles.length > 0 ? parts : parts.slice(0, mostParts)).map(([key, part], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a key may stand twice
          <JsonView key={index} name={key} node={part} level={level + 1} needles={needles} />
        ))}
        {parts.length > mostParts && !all && needles.length === 0 && (
          <button
            type="button"
            className="rounded bg-hover px-1 text-muted hover:text-ink"
            onClick={() => setAll(true)}
          >
            … show {formatCount(parts.length - mostParts)} more
          </button>
        )}
      </div>
    </details>
  );
}

/** Whether one of `needles` stands somewhere in it. */
function holds(node: JsonNode, needles: readonly string[]): boolean {
  if (needles.length === 0) return false;
  const has = (text: string) => needles.some((needle) => text.includes(needle));
  switch (node.kind) {
    case 'object':
      return node.entries.some(([key, part]) => has(key) || holds(part, needles));
    case 'array':
      return node.items.some((part) => holds(part, needles));
    case 'string':
      return has(node.value);
    case 'other':
      return has(node.text);
  }
}
