import { QueryError } from '../logql/query-error';
import { unquote } from '../logql/unquote';

export type Operand =
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipe'; readonly pipe: Pipe; readonly path: readonly string[] };

/** Commands joined by `|`; each is a function with its operands, or one operand. */
export interface Pipe {
  readonly variable?: string;
  readonly commands: readonly (readonly Operand[])[];
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipe: Pipe;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

const action = /\{\{(-\s)?\s*((?:"(?:[^"\\]|\\.)*"|`[^`]*`|\/\*[\s\S]*?\*\/|[^}"`]|\}(?!\}))*?)\s*(\s-)?\}\}/g;
const token =
  /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|:=|=|\||\(|,|-?\d[\w.+]*|(?:\$\w*|\)|(?<![\w)]))(?:\.\w+)+|\.|\$\w*|[a-zA-Z_]\w*|\S)/gy;

type Piece = { readonly text: string } | { readonly action: string };

/** Reads Go's text/template as far as Loki's formats use it; `define`, `template` and `block` are refused by name. */
export function parseTemplate(text: string): readonly TemplateNode[] {
  const pieces = split(text);
  let at = 0;

  function readNodes(): { nodes: TemplateNode[]; end: string } {
    const nodes: TemplateNode[] = [];
    for (; at < pieces.length; ) {
      const piece = pieces[at++]!;
      if ('text' in piece) {
        if (piece.text !== '') nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      const keyword = /^(if|else|end|with|range|define|template|block|break|continue)\b/.exec(piece.action)?.[1];
      const rest = piece.action.slice(keyword?.length ?? 0).trim();
      if (keyword === undefined) nodes.push({ kind: 'action', pipe: parsePipe(rest) });
      else if (keyword === 'else' || keyword === 'end') return { nodes, end: piece.action };
      else if (keyword === 'if' || keyword === 'with' || keyword === 'range') nodes.push(readBranch(keyword, rest));
      else
        throw new QueryError(`parse error : invalid line template: ${keyword} is not supported by the embedded engine`);
    }
    return { nodes, end: '' };
  }

  function readBranch(kind: 'if' | 'with' | 'range', condition: string): TemplateNode {
    const pipe = parsePipe(condition);
    const body = readNodes();
    if (body.end === '') throw templateError('unexpected EOF');
    if (body.end === 'end') return { kind, pipe, body: body.nodes, otherwise: [] };
    const chained = /^else\s+(if|with)\b(.*)$/s.exec(body.end);
    if (chained) {
      const nested = readBranch(chained[1] as 'if' | 'with', chained[2]!.trim());
      return { kind, pipe, body: body.nodes, otherwise: [nested] };
    }
    const otherwise = readNodes();
    if (otherwise.end !== 'end') throw templateError('unexpected EOF');
    return { kind, pipe, body: body.nodes, otherwise: otherwise.nodes };
  }

  const { nodes, end } = readNodes();
  if (end !== '') throw templateError(`unexpected {{${end}}}`);
  return nodes;
}

function templateError(message: string): QueryError {
  return new QueryError(`parse error : invalid line template: template: line:1: ${message}`);
}

function split(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let trimNext = false;
  const pushText = (part: string, trimEnd: boolean) => {
    const left = trimNext ? part.trimStart() : part;
    if (left.includes('{{')) throw templateError('unclosed action');
    pieces.push({ text: trimEnd ? left.trimEnd() : left });
  };
  for (const match of text.matchAll(action)) {
    pushText(text.slice(from, match.index), match[1] !== undefined);
    const body = match[2]!.trim();
    if (!body.startsWith('/*')) pieces.push({ action: body });
    from = match.index + match[0].length;
    trimNext = match[3] !== undefined;
  }
  pushText(text.slice(from), false);
  return pieces;
}

function parsePipe(text: string): Pipe {
  const tokens = [...text.matchAll(token)].map((match) => match[1]!);
  let at = 0;
  let variable: string | undefined;
  if (/^\$\w/.test(tokens[0] ?? '') && (tokens[1] === ':=' || tokens[1] === '=')) {
    variable = tokens[0];
    at = 2;
  }
  const commands = readCommands();
  if (at < tokens.length) throw templateError(`unexpected "${tokens[at]}" in command`);
  return { ...(variable !== undefined && { variable }), commands };

  function readCommands(): Operand[][] {
    const found: Operand[][] = [[]];
    for (; at < tokens.length && !tokens[at]!.startsWith(')'); at++) {
      if (tokens[at] === '|') found.push([]);
      else found.at(-1)!.push(readOperand(tokens[at]!));
    }
    if (found.some((command) => command.length === 0)) throw templateError('missing value for command');
    return found;
  }

  function readOperand(word: string): Operand {
    if (word === '(') {
      at++;
      const pipe = { commands: readCommands() };
      const [end, ...path] = (tokens[at] ?? '').split('.');
      if (end !== ')') throw templateError('unclosed left paren');
      return { kind: 'pipe', pipe, path };
    }
    if (/^["`]/.test(word)) return { kind: 'constant', value: unquote(word) ?? '' };
    if (/^-?\d/.test(word)) return { kind: 'constant', value: Number(word) };
    if (word.startsWith('$')) {
      const [name, ...path] = word.split('.');
      return { kind: 'variable', name: name!, path };
    }
    if (word === '.') return { kind: 'field', path: [] };
    if (word.startsWith('.')) return { kind: 'field', path: word.slice(1).split('.') };
    if (word === 'true' || word === 'false') return { kind: 'constant', value: word === 'true' };
    if (word === 'nil') return { kind: 'constant', value: null };
    if (!/^[a-zA-Z_]/.test(word)) throw templateError(`unexpected "${word}" in operand`);
    return { kind: 'function', name: word };
  }
}
