import type { Payload } from '../conversation';
import type { JsonTree } from '../json/json-tree';

/** Where trees come from: the text that was read, and whether its end is missing. */
export interface Source {
  readonly text: string;
  readonly cut: boolean;
}

/** A value as it was sent: a text without its quotes, anything else as it is written. */
export function payloadOf(tree: JsonTree | undefined, source: Source): Payload {
  if (!tree) return { text: '', cut: false };
  // Only what reaches to the end can have lost some of it.
  const cut = source.cut && tree.to >= source.text.length;
  if (tree.kind === 'string') return { text: tree.value, cut };
  return { text: source.text.slice(tree.from, tree.to), cut };
}
