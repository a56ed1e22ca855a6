import { unquote } from '../logql/unquote';
import { lexTemplate, type TemplatePiece, type TemplateToken } from './lex-template';
import { templateError } from './template-error';

/** Where an error says that it happened. */
export interface Place {
  readonly position: number;
  readonly source: string;
}

export type Operand = Place &
  (
    | { readonly kind: 'field' | 'dot'; readonly path: readonly string[] }
    | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
    | { readonly kind: 'constant'; readonly value: string | boolean | null }
    /** `int` where the number is whole. */
    | { readonly kind: 'number'; readonly float: number; readonly int: bigint | undefined }
    | { readonly kind: 'function'; readonly name: string }
    | { readonly kind: 'pipe'; readonly pipe: Pipe; readonly path: readonly string[] }
  );

export type Command = Place & { readonly operands: readonly Operand[] };

/** Commands joined by `|`; the value is given to the variables, of which `range` may have two. */
export interface Pipe extends Place {
  readonly variables: readonly string[];
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | { readonly kind: 'break' | 'continue' }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipe: Pipe;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

type Branch = 'if' | 'with' | 'range';
const missing = new Set(['define', 'template', 'block']);

/** Reads Go's text/template as far as Loki's formats use it; `define`, `template` and `block` are refused by name. */
export function parseTemplate(text: string): readonly TemplateNode[] {
  return new TemplateParser(text, lexTemplate(text)).parse();
}

class TemplateParser {
  private at = 0;
  private tokens: readonly TemplateToken[] = [];
  private next = 0;
  private readonly variables = ['$'];
  private loops = 0;

  constructor(
    private readonly template: string,
    private readonly pieces: readonly TemplatePiece[],
  ) {}

  parse(): readonly TemplateNode[] {
    const { nodes, end } = this.readNodes();
    if (end) throw templateError(`unexpected {{${end.text}}}`);
    return nodes;
  }

  private readNodes(): { nodes: TemplateNode[]; end: TemplateToken | undefined } {
    const nodes: TemplateNode[] = [];
    while (this.at < this.pieces.length) {
      const piece = this.pieces[this.at++]!;
      if ('text' in piece) {
        if (piece.text !== '') nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      this.tokens = piece.tokens;
      this.next = 0;
      const first = this.tokens[0];
      if (!first) throw templateError('missing value for command');
      const keyword = first.kind === 'word' ? first.text : '';
      if (keyword === 'else' || keyword === 'end') return { nodes, end: first };
      if (keyword === 'if' || keyword === 'with' || keyword === 'range') nodes.push(this.readBranch(keyword));
      else if (keyword === 'break' || keyword === 'continue') {
        if (this.loops === 0) throw templateError(`{{${keyword}}} outside {{range}}`);
        nodes.push({ kind: keyword });
      } else if (missing.has(keyword)) {
        throw templateError(`${keyword} is not supported by the embedded engine`);
      } else nodes.push({ kind: 'action', pipe: this.readWholePipe('command') });
    }
    return { nodes, end: undefined };
  }

  private readBranch(kind: Branch): TemplateNode {
    const known = this.variables.length;
    this.next = this.tokens[0]!.text === 'else' ? 2 : 1;
    const pipe = this.readWholePipe(kind);
    if (kind === 'range') this.loops++;
    const body = this.readNodes();
    if (kind === 'range') this.loops--;
    const otherwise = this.readElse(kind, body.end);
    this.variables.length = known;
    return { kind, pipe, body: body.nodes, otherwise };
  }

  private readElse(kind: Branch, end: TemplateToken | undefined): readonly TemplateNode[] {
    if (!end) throw templateError('unexpected EOF');
    if (end.text === 'end') return [];
    const chained = this.tokens[1]?.text;
    if (chained !== undefined && kind !== 'range' && chained === kind) return [this.readBranch(kind)];
    if (chained !== undefined) throw templateError(`unexpected ${JSON.stringify(chained)} in else`);
    const otherwise = this.readNodes();
    if (otherwise.end?.text !== 'end') throw templateError('unexpected EOF');
    return otherwise.nodes;
  }

  private readWholePipe(context: string): Pipe {
    const pipe = this.readPipe(context);
    const rest = this.tokens[this.next];
    if (rest) throw templateError(`unexpected ${JSON.stringify(rest.text)} in ${context}`);
    return pipe;
  }

  private readPipe(context: string): Pipe {
    const from = this.next;
    const { variables, isAssignment } = this.readDeclaration(context);
    const commands = [this.readCommand(context)];
    while (this.tokens[this.next]?.text === '|') {
      this.next++;
      commands.push(this.readCommand(context));
    }
    for (const { operands } of commands.slice(1)) {
      const { kind, source } = operands[0]!;
      if (kind === 'constant' || kind === 'number' || kind === 'dot') {
        throw templateError(`non executable command in pipeline stage ${commands.length}: ${source}`);
      }
    }
    // Known from here on, not within its own value.
    if (!isAssignment) this.variables.push(...variables);
    return { variables, isAssignment, commands, ...this.placeFrom(from) };
  }

  private readDeclaration(context: string): { variables: string[]; isAssignment: boolean } {
    const [first, sign, second, last] = this.tokens.slice(this.next, this.next + 4);
    if (first?.kind !== 'variable') return { variables: [], isAssignment: false };
    if (sign?.text === ':=' || sign?.text === '=') {
      this.next += 2;
      if (sign.text === '=') this.checkVariable(first.text);
      return { variables: [first.text], isAssignment: sign.text === '=' };
    }
    const isPair = sign?.text === ',' && second?.kind === 'variable' && (last?.text === ':=' || last?.text === '=');
    if (!isPair) return { variables: [], isAssignment: false };
    if (context !== 'range') throw templateError(`too many declarations in ${context}`);
    this.next += 4;
    return { variables: [first.text, second.text], isAssignment: last.text === '=' };
  }

  private readCommand(context: string): Command {
    const from = this.next;
    const operands: Operand[] = [];
    for (let token = this.tokens[this.next]; token && token.text !== '|' && token.text !== ')'; ) {
      operands.push(this.readOperand(token, context));
      token = this.tokens[this.next];
    }
    if (operands.length === 0) throw templateError(`missing value for ${context}`);
    return { operands, ...this.placeFrom(from) };
  }

  private readOperand(token: TemplateToken, context: string): Operand {
    const from = this.next++;
    const place = () => this.placeFrom(from);
    switch (token.kind) {
      case 'string': {
        const value = unquote(token.text);
        if (value === undefined) throw templateError('invalid syntax');
        return { kind: 'constant', value, ...place() };
      }
      case 'character':
        return this.number(token.text.codePointAt(1)!, place());
      case 'number': {
        const value = Number(token.text.replaceAll('_', ''));
        if (Number.isNaN(value)) throw templateError(`bad number syntax: ${JSON.stringify(token.text)}`);
        return this.number(value, place());
      }
      case 'field':
        return { kind: 'field', path: [token.text.slice(1), ...this.readPath()], ...place() };
      case 'variable':
        this.checkVariable(token.text);
        return { kind: 'variable', name: token.text, path: this.readPath(), ...place() };
      case 'word':
        if (token.text === 'true' || token.text === 'false')
          return { kind: 'constant', value: token.text === 'true', ...place() };
        if (token.text === 'nil') return { kind: 'constant', value: null, ...place() };
        return { kind: 'function', name: token.text, ...place() };
      default:
        if (token.text === '.') return { kind: 'dot', path: [], ...place() };
        if (token.text !== '(') throw templateError(`unexpected ${JSON.stringify(token.text)} in ${context}`);
        return this.readParentheses(from);
    }
  }

  private readParentheses(from: number): Operand {
    const pipe = this.readPipe('parenthesized pipeline');
    if (this.tokens[this.next++]?.text !== ')') throw templateError('unclosed left paren');
    return { kind: 'pipe', pipe, path: this.readPath(), ...this.placeFrom(from) };
  }

  private number(value: number, place: Place): Operand {
    const isWhole = Number.isInteger(value) && Math.abs(value) < 2 ** 63;
    const digits = place.source.replaceAll('_', '');
    const int = !isWhole ? undefined : /^[+-]?\d+$/.test(digits) ? BigInt(digits.replace('+', '')) : BigInt(value);
    return { kind: 'number', float: value, int: /^[^x]*[.eE]/.test(digits) ? undefined : int, ...place };
  }

  private readPath(): string[] {
    const path: string[] = [];
    for (let token = this.tokens[this.next]; token?.kind === 'field' && token.isAdjacent; ) {
      path.push(token.text.slice(1));
      token = this.tokens[++this.next];
    }
    return path;
  }

  private checkVariable(name: string): void {
    if (!this.variables.includes(name)) throw templateError(`undefined variable ${JSON.stringify(name)}`);
  }

  private placeFrom(from: number): Place {
    const first = this.tokens[from]!;
    const last = this.tokens[this.next - 1] ?? first;
    const source = this.template.slice(first.position, last.position + last.text.length);
    return { position: first.position, source };
  }
}
