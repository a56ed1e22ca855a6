/** JSON as it was written: numbers keep their digits, keys their order. */
export type JsonNode =
  | { kind: 'object'; entries: readonly (readonly [key: string, node: JsonNode])[] }
  | { kind: 'array'; items: readonly JsonNode[] }
  | { kind: 'string'; value: string }
  /** A number, true, false or null, as it stands. */
  | { kind: 'other'; text: string };

/** Deeper ones are shown as text. */
const deepest = 100;

/** The tree of a text that is a JSON object or array; null for any other text. */
export function readJson(text: string): JsonNode | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  // Read again by hand, because parsing rounds 64-bit integers.
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)].map(([token]) => token);
  let at = 0;
  let depth = 0;
  const readNode = (): JsonNode => {
    const token = tokens[at++]!;
    if (token === '{' || token === '[') {
      if (++depth > deepest) throw new RangeError('too deep');
      const node = token === '{' ? readObject() : readArray();
      depth--;
      return node;
    }
    return token.startsWith('"') ? { kind: 'string', value: JSON.parse(token) } : { kind: 'other', text: token };
  };
  const readObject = (): JsonNode => {
    const entries: (readonly [string, JsonNode])[] = [];
    while (tokens[at] !== '}') {
      if (tokens[at] === ',') at++;
      const key: string = JSON.parse(tokens[at++]!);
      at++;
      entries.push([key, readNode()]);
    }
    at++;
    return { kind: 'object', entries };
  };
  const readArray = (): JsonNode => {
    const items: JsonNode[] = [];
    while (tokens[at] !== ']') {
      if (tokens[at] === ',') at++;
      items.push(readNode());
    }
    at++;
    return { kind: 'array', items };
  };
  try {
    return readNode();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
