import type { SyntaxNode } from '@lezer/common';
import type { Attribute, AttributeScope, Field, FieldExpression, FieldOperator, Intrinsic } from './ast';
import { climbOperators, type OperatorTable, type Token } from './climb-operators';
import { parseDuration } from './parse-duration';
import { boolean, duration, float, int, kindNames, nil, type Static, statusNames, string } from './static-value';

/** Reads a `FieldExpression` node; a string is the name of a construct that is not supported. */
export function readFieldExpression(query: string, node: SyntaxNode): FieldExpression | string {
  const tokens: Token<FieldExpression>[] = [];
  const unsupported = collect(query, node, tokens);
  if (unsupported !== undefined) return unsupported;
  return climbOperators(tokens, operators) ?? 'this expression';
}

function collect(query: string, node: SyntaxNode, tokens: Token<FieldExpression>[]): string | undefined {
  let position = node.from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    pushBetween(query.slice(position, child.from), tokens);
    position = child.to;
    const text = query.slice(child.from, child.to);
    let unsupported: string | undefined;
    if (child.name === 'FieldExpression') unsupported = collect(query, child, tokens);
    else if (child.name === 'FieldOp' || child.name === 'And' || child.name === 'Or')
      tokens.push({ type: 'operator', text });
    else if (!child.name.endsWith('Comment')) {
      const operand = child.name === 'Static' ? readStatic(text) : readField(query, child);
      if (typeof operand === 'string') unsupported = operand;
      else tokens.push({ type: 'operand', node: operand });
    }
    if (unsupported !== undefined) return unsupported;
  }
  pushBetween(query.slice(position, node.to), tokens);
  return undefined;
}

/** Parentheses and prefix operators have no node of their own. */
function pushBetween(gap: string, tokens: Token<FieldExpression>[]): void {
  for (const character of gap) {
    if (character === '(') tokens.push({ type: 'open' });
    else if (character === ')') tokens.push({ type: 'close' });
    else if (character === '!' || character === '-') tokens.push({ type: 'operator', text: character });
  }
}

/** Tempo's precedence: `&&` and `||` share one, a sign binds like `+`, `!` between `+` and `*`. */
const powers: Readonly<Record<string, number>> = { '&&': 1, '||': 1, '+': 3, '-': 3, '*': 5, '/': 5, '%': 5, '^': 6 };
const operators: OperatorTable<FieldExpression> = {
  binary: (text) => powers[text] ?? 2,
  prefix: (text) => (text === '-' ? 4 : text === '!' ? 5 : undefined),
  rightAssociative: new Set(['^']),
  join(text, left, right) {
    if (text === '=' || text === '!=') {
      const operator = text === '=' ? 'absent' : 'exists';
      if (isNil(right)) return isNil(left) ? constant(boolean(false)) : { type: 'unary', operator, operand: left };
      if (isNil(left)) return { type: 'unary', operator, operand: right };
    }
    return {
      type: 'binary',
      operator: text as FieldOperator,
      left: comparable(left, right),
      right: comparable(right, left),
    };
  },
  apply(text, operand) {
    if (text === '-' && operand.type === 'static') {
      const { value } = operand;
      if (value.type === 'int' || value.type === 'float' || value.type === 'duration') {
        return constant({ type: value.type, value: -value.value });
      }
    }
    return { type: 'unary', operator: text as '!' | '-', operand };
  },
};

/** Trace ids compare without their leading zeros, as they are shown. */
function comparable(side: FieldExpression, other: FieldExpression): FieldExpression {
  if (other.type !== 'intrinsic' || other.name !== 'trace:id' || side.type !== 'static' || side.value.type !== 'string')
    return side;
  return constant(string(side.value.value.replace(/^0+/, '')));
}

function isNil(expression: FieldExpression): boolean {
  return expression.type === 'static' && expression.value.type === 'nil';
}

function constant(value: Static): FieldExpression {
  return { type: 'static', value };
}

/** Reads an `AttributeField` or `IntrinsicField` node (or its mask); a string names what is not supported. */
export function readField(query: string, node: SyntaxNode): Field | FieldExpression | string {
  const text = query.slice(node.from, node.to);
  if (/^\.\d+(?:\.\d+)?$/.test(text)) return constant(float(Number(text)));
  const intrinsic = intrinsics.get(text);
  if (intrinsic !== undefined) return { type: 'intrinsic', name: intrinsic, text };
  if (node.name === 'IntrinsicField' || /^parent\b|^nestedSet/.test(text)) return text;
  return readAttribute(text) ?? text;
}

/** An attribute as written, such as `span."http.route"`; undefined where the text is none. */
export function readAttribute(text: string): Attribute | undefined {
  const match = /^(span|resource|event|link|instrumentation)?\.(.+)$/s.exec(text);
  if (!match) return undefined;
  const name = (match[2] as string).replace(/"((?:[^"\\]|\\.)*)"/g, (_, quoted: string) =>
    quoted.replace(/\\(.)/g, '$1'),
  );
  return match[1] === undefined
    ? { type: 'attribute', name }
    : { type: 'attribute', scope: match[1] as AttributeScope, name };
}

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ...(
    [
      'duration',
      'name',
      'status',
      'statusMessage',
      'kind',
      'rootName',
      'rootServiceName',
      'traceDuration',
      'nestedSetParent',
      'trace:id',
      'span:id',
      'span:parentID',
      'span:childCount',
      'event:name',
      'event:timeSinceStart',
      'link:traceID',
      'link:spanID',
      'instrumentation:name',
      'instrumentation:version',
    ] as const
  ).map((name) => [name, name] as const),
  ['span:duration', 'duration'],
  ['span:name', 'name'],
  ['span:status', 'status'],
  ['span:statusMessage', 'statusMessage'],
  ['span:kind', 'kind'],
  ['trace:rootName', 'rootName'],
  ['trace:rootService', 'rootServiceName'],
  ['trace:duration', 'traceDuration'],
]);

/** The intrinsic of that name (`name`, `span:name`), for tag names that come without a query. */
export function readIntrinsic(text: string): Intrinsic | undefined {
  return intrinsics.get(text);
}

function readStatic(text: string): FieldExpression | string {
  const value = parseStatic(text);
  return value === undefined ? `the variable ${text}` : constant(value);
}

/** A literal of the language, undefined where the text is none. */
export function parseStatic(text: string): Static | undefined {
  if (text.startsWith('`')) return string(text.slice(1, -1));
  if (text.startsWith('"')) return string(unquote(text));
  if (text === 'true' || text === 'false') return boolean(text === 'true');
  if (text === 'nil') return nil;
  if ((statusNames as readonly string[]).includes(text)) return { type: 'status', value: text };
  if ((kindNames as readonly string[]).includes(text)) return { type: 'kind', value: text };
  if (/^-?\d+$/.test(text)) return int(Number(text));
  if (/^-?(?:\d+\.\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return float(Number(text));
  const nanoseconds = parseDuration(text);
  return nanoseconds === undefined ? undefined : duration(nanoseconds);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07' };

/** Go's escapes of an interpreted string. */
function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-7]{3}|.)/gs, (_, code: string) => {
      if (/^[uUx]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      return escapes[code] ?? code;
    });
}
