/** JSON as it was written: numbers keep their digits, keys their order. `from` and `to` are its place in the text. */
export type JsonTree = (
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, node: JsonTree])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonTree[] }
  | { readonly kind: 'string'; readonly value: string }
  /** A number, true, false or null, as it stands; also what is nested too deep to be read. */
  | { readonly kind: 'other'; readonly text: string }
) & { readonly from: number; readonly to: number };

/** The value of a key of an object; of a key that stands twice the last, as everywhere. */
export function member(tree: JsonTree | undefined, ...keys: readonly string[]): JsonTree | undefined {
  if (tree?.kind !== 'object') return undefined;
  for (const key of keys) {
    const found = tree.entries.findLast(([name]) => name === key)?.[1];
    if (found !== undefined && !isNull(found)) return found;
  }
  return undefined;
}

/** What a text says, or a number, true or false as it is written; undefined of anything else. */
export function textOf(tree: JsonTree | undefined): string | undefined {
  if (tree?.kind === 'string') return tree.value;
  return tree?.kind === 'other' && !isNull(tree) ? tree.text : undefined;
}

export function itemsOf(tree: JsonTree | undefined): readonly JsonTree[] {
  return tree?.kind === 'array' ? tree.items : [];
}

export function isTrue(tree: JsonTree | undefined): boolean {
  return tree?.kind === 'other' && tree.text === 'true';
}

function isNull(tree: JsonTree): boolean {
  return tree.kind === 'other' && tree.text === 'null';
}
