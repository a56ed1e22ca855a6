/** A value of an attribute: literals as they are, references and calls to be resolved later. */
export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'object'; entries: Record<string, Expression> }
  | { kind: 'reference'; path: string[] }
  | { kind: 'call'; path: string[]; args: Expression[] };

export interface Block {
  /** Such as `otelcol.exporter.otlphttp`. */
  name: string;
  label: string;
  attributes: Record<string, Expression>;
  blocks: Block[];
}

export class ConfigError extends Error {}

const token =
  /(?<space>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_]\w*)|(?<mark>[{}[\]().,=+])/y;

interface Token {
  kind: 'string' | 'number' | 'word' | 'mark' | 'end';
  text: string;
  line: number;
}

/** Reads Alloy's configuration language as far as Watchtower writes it. Throws a `ConfigError` that names the line. */
export function readAlloyConfig(text: string): Block[] {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at]!;
  const fail = (what: string): never => {
    throw new ConfigError(`${peek().line}: ${what}, got ${peek().kind === 'end' ? 'end of file' : `"${peek().text}"`}`);
  };
  const take = (kind: Token['kind'], text?: string): Token => {
    if (peek().kind !== kind || (text !== undefined && peek().text !== text)) fail(`expected ${text ?? kind}`);
    return tokens[at++]!;
  };
  const isMark = (text: string) => peek().kind === 'mark' && peek().text === text;
  const takeMark = (text: string) => {
    if (!isMark(text)) return false;
    at += 1;
    return true;
  };

  function path(): string[] {
    const words = [take('word').text];
    while (takeMark('.')) words.push(take('word').text);
    return words;
  }

  function list<T>(end: string, read: () => T): T[] {
    const items: T[] = [];
    while (!takeMark(end)) {
      items.push(read());
      if (!isMark(end)) take('mark', ',');
    }
    return items;
  }

  function expression(): Expression {
    const { kind, text } = peek();
    if (kind === 'string' || kind === 'number') {
      at += 1;
      return { kind: 'literal', value: kind === 'number' ? Number(text) : readString(text) };
    }
    if (takeMark('[')) return { kind: 'list', items: list(']', expression) };
    if (takeMark('{')) {
      const entry = (): [string, Expression] => {
        const key = peek().kind === 'string' ? readString(take('string').text) : take('word').text;
        take('mark', '=');
        return [key, expression()];
      };
      return { kind: 'object', entries: Object.fromEntries(list('}', entry)) };
    }
    if (kind !== 'word') fail('expected an expression');
    if (text === 'true' || text === 'false' || text === 'null') {
      at += 1;
      return { kind: 'literal', value: text === 'null' ? null : text === 'true' };
    }
    const name = path();
    return takeMark('(')
      ? { kind: 'call', path: name, args: list(')', expression) }
      : { kind: 'reference', path: name };
  }

  function body(end: 'end' | '}'): Pick<Block, 'attributes' | 'blocks'> {
    const attributes: Block['attributes'] = {};
    const blocks: Block[] = [];
    while (end === 'end' ? peek().kind !== 'end' : !takeMark('}')) {
      const name = path();
      if (takeMark('=')) {
        if (name.length > 1 || name[0]! in attributes) fail(`attribute "${name.join('.')}" cannot stand here`);
        attributes[name[0]!] = expression();
        continue;
      }
      const label = peek().kind === 'string' ? readString(take('string').text) : '';
      take('mark', '{');
      blocks.push({ name: name.join('.'), label, ...body('}') });
    }
    return { attributes, blocks };
  }

  const { attributes, blocks } = body('end');
  const [stray] = Object.keys(attributes);
  if (stray) throw new ConfigError(`unrecognized attribute name "${stray}"`);
  return blocks;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new ConfigError(`${line}: illegal character ${JSON.stringify(text[at])}`);
    for (const kind of ['string', 'number', 'word', 'mark'] as const) {
      if (match.groups![kind] !== undefined) tokens.push({ kind, text: match[0], line });
    }
    line += match[0].split('\n').length - 1;
  }
  tokens.push({ kind: 'end', text: '', line });
  return tokens;
}

function readString(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1).replace(/\\(.)/g, '$1');
  }
}
