import type { Attribute, AttributeScope, Field, FieldExpression, FieldOperator } from '../ast';
import { boolean, nil, type Static, string } from '../static-value';
import { buildChain, type Link } from './build-chain';
import { intrinsicNamed } from './intrinsics';
import { literalNamed } from './literal-named';
import { refuseConstruct } from './refuse-construct';
import { QueryRefusal } from './syntax-error';
import type { TokenReader } from './token-reader';

/** Trees are walked by recursion. */
const MAX_DEPTH = 500;

/** Tempo's precedence: `&&` and `||` share one, a sign binds like `+`, `!` between `+` and `*`. */
const powers: Readonly<Record<string, number>> = {
  ...{ '&&': 1, '||': 1, '+': 3, '-': 3, '*': 5, '/': 5, '%': 5, '^': 6 },
  ...{ '=': 2, '!=': 2, '<': 2, '<=': 2, '>': 2, '>=': 2, '=~': 2, '!~': 2 },
};
const COMPARISON = 2;
const prefixPowers: Readonly<Record<string, number>> = { '-': 4, '!': 5 };

/** Parses the expressions in filters, in `by()` and in the aggregates. Its methods throw a `QueryRefusal`. */
export class FieldExpressionParser {
  private readonly depths = new WeakMap<FieldExpression, number>();
  private nesting = 0;

  constructor(private readonly reader: TokenReader) {}

  expression(minimum = 1): FieldExpression {
    if (++this.nesting > MAX_DEPTH) throw tooDeep();
    let left = this.operand(minimum);
    for (let power = this.power(); power >= minimum; power = this.power()) left = this.chain(left, power);
    this.nesting--;
    return left;
  }

  field(): Field {
    const field = this.fieldAt();
    if (!field) throw this.reader.unexpected();
    return field;
  }

  /** Of the operator that is next; 0 where none is. */
  private power(): number {
    return powers[this.reader.text() ?? ''] ?? 0;
  }

  /** Every operator of one precedence that follows. */
  private chain(first: FieldExpression, power: number): FieldExpression {
    const links: Link<FieldExpression>[] = [];
    while (this.power() === power) {
      const operator = this.reader.text()!;
      this.reader.next();
      const mayBeNil = operator === '=' || operator === '!=';
      const operand =
        mayBeNil && this.reader.take('nil') ? constant(nil) : this.expression(rightPower(operator, power));
      links.push({ operator, operand });
    }
    return buildChain(first, links, (operator) => operator === '&&' || operator === '||', this.join);
  }

  private operand(minimum: number): FieldExpression {
    if (this.reader.take('(')) {
      const inner = this.expression();
      this.reader.expect(')');
      return inner;
    }
    const operator = this.reader.text();
    const prefix = prefixPowers[operator ?? ''];
    if (prefix !== undefined) {
      this.reader.next();
      return this.apply(operator as '-' | '!', this.expression(prefix));
    }
    if (minimum <= COMPARISON && this.reader.take('nil')) {
      if (this.reader.text() !== '=' && this.reader.text() !== '!=') throw this.reader.unexpected();
      return constant(nil);
    }
    return this.fieldAt() ?? constant(this.literal());
  }

  private fieldAt(): Field | undefined {
    const token = this.reader.peek();
    if (token.type === 'attribute') {
      this.reader.next();
      if (token.scope === 'parent') throw unanswered(this.reader.writtenFrom(token));
      return attributeOf(token.scope, token.name);
    }
    if (token.type !== 'word') return undefined;
    const [colon, name] = [this.reader.peek(1), this.reader.peek(2)];
    const isScoped = colon.type === 'symbol' && colon.text === ':' && colon.from === token.to;
    const text = isScoped && name.type === 'word' ? `${token.text}:${name.text}` : token.text;
    const intrinsic = intrinsicNamed(text);
    if (intrinsic === undefined) {
      if (isScoped) throw this.reader.unexpected(name);
      if (text === 'parent') throw unanswered(text);
      return undefined;
    }
    for (let passed = isScoped ? 3 : 1; passed > 0; passed--) this.reader.next();
    return { type: 'intrinsic', name: intrinsic, text };
  }

  private literal(): Static {
    const token = this.reader.next();
    if (token.type === 'literal') return token.value;
    const value = token.type === 'word' ? literalNamed(token.text) : undefined;
    if (value) return value;
    throw this.reader.unknown(token);
  }

  private readonly join = (operator: string, left: FieldExpression, right: FieldExpression): FieldExpression => {
    if (operator === '=' || operator === '!=') {
      const existence = operator === '=' ? 'absent' : 'exists';
      if (isNil(right))
        return isNil(left)
          ? constant(boolean(false))
          : this.grown({ type: 'unary', operator: existence, operand: left }, left);
      if (isNil(left)) return this.grown({ type: 'unary', operator: existence, operand: right }, right);
    }
    const sides = { left: comparable(left, right), right: comparable(right, left) };
    return this.grown({ type: 'binary', operator: operator as FieldOperator, ...sides }, left, right);
  };

  private apply(operator: '-' | '!', operand: FieldExpression): FieldExpression {
    if (operator === '-' && operand.type === 'static') {
      const { value } = operand;
      if (value.type === 'float') return constant({ type: 'float', value: -value.value });
      if (value.type === 'int' || value.type === 'duration') return constant({ type: value.type, value: -value.value });
    }
    return this.grown({ type: 'unary', operator, operand }, operand);
  }

  /** Bounds the depth of the tree. */
  private grown(node: FieldExpression, ...children: readonly FieldExpression[]): FieldExpression {
    const depth = 1 + Math.max(...children.map((child) => this.depths.get(child) ?? 0));
    if (depth > MAX_DEPTH) throw tooDeep();
    this.depths.set(node, depth);
    return node;
  }
}

function rightPower(operator: string, power: number): number {
  // `^` is right-associative.
  return operator === '^' ? power : power + 1;
}

/** An attribute by its scope as written, empty for none. */
function attributeOf(scope: string, name: string): Attribute {
  return scope === '' ? { type: 'attribute', name } : { type: 'attribute', scope: scope as AttributeScope, name };
}

/** Trace ids compare without their leading zeros, as they are shown. */
function comparable(side: FieldExpression, other: FieldExpression): FieldExpression {
  if (other.type !== 'intrinsic' || side.type !== 'static' || side.value.type !== 'string') return side;
  if (other.name !== 'trace:id' && other.name !== 'link:traceID') return side;
  return constant(string(side.value.value.replace(/^0+(?=.)/, '')));
}

function isNil(expression: FieldExpression): boolean {
  return expression.type === 'static' && expression.value.type === 'nil';
}

function constant(value: Static): FieldExpression {
  return { type: 'static', value };
}

function tooDeep(): QueryRefusal {
  const message = `the expression is nested too deeply: at most ${MAX_DEPTH} levels`;
  return new QueryRefusal({ kind: 'traceql-too-deep', message });
}

function unanswered(construct: string): QueryRefusal {
  return new QueryRefusal(refuseConstruct(construct, 'nobody'));
}
