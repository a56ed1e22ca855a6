import { QueryError } from '../logql/query-error';
import { allowText, GoTime, type GoValue, integerOf, isTrue, typeName } from './go-value';
import { type Command, type Operand, type Pipe, type Place, parseTemplate, type TemplateNode } from './parse-template';
import { printValue } from './print-value';
import { type TemplateFunction, templateFunctions } from './template-functions';

export type TemplateResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly error: string };

export interface TemplateContext {
  readonly labels: ReadonlyMap<string, string>;
  readonly line: string;
  readonly timeNs: bigint;
}

const specials = new Set(['__line__', '__timestamp__', 'and', 'or']);
/** Nodes that one line may run, so that loops within loops end. */
const MAX_STEPS = 100_000;

class LoopControl {
  constructor(readonly kind: 'break' | 'continue') {}
}

/**
 * A Go template over a line's labels, named `line` or `label` in its errors. Throws a QueryError for one that does not parse
 * or names a function we lack.
 */
export function compileTemplate(
  text: string,
  name: 'line' | 'label' = 'line',
): (context: TemplateContext) => TemplateResult {
  const nodes = parseTemplate(text);
  checkFunctions(nodes);
  return (context) => {
    const run = new TemplateRun(context);
    try {
      run.nodes(nodes, context.labels);
      return { ok: true, text: run.text };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const { position, source } = run.place;
      const before = text.slice(0, position);
      const line = before.split('\n').length;
      const column = Buffer.byteLength(before.slice(before.lastIndexOf('\n') + 1));
      return {
        ok: false,
        error: `template: ${name}:${line}:${column}: executing "${name}" at <${source}>: ${message}`,
      };
    }
  };
}

function checkFunctions(nodes: readonly TemplateNode[]): void {
  for (const node of nodes) {
    if (!('pipe' in node)) continue;
    checkPipe(node.pipe);
    if (node.kind === 'action') continue;
    checkFunctions(node.body);
    checkFunctions(node.otherwise);
  }
}

function checkPipe(pipe: Pipe): void {
  for (const operand of pipe.commands.flatMap(({ operands }) => operands)) {
    if (operand.kind === 'pipe') checkPipe(operand.pipe);
    if (operand.kind === 'function' && !Object.hasOwn(templateFunctions, operand.name) && !specials.has(operand.name)) {
      throw new QueryError(
        `parse error : invalid line template: template: line:1: function "${operand.name}" not defined in the embedded engine`,
      );
    }
  }
}

/** One execution, with what it has written and where it is. */
class TemplateRun {
  text = '';
  place: Place = { position: 0, source: '' };
  private steps = 0;
  private readonly variables: { name: string; value: GoValue }[];

  constructor(private readonly context: TemplateContext) {
    this.variables = [{ name: '$', value: context.labels }];
  }

  nodes(nodes: readonly TemplateNode[], dot: GoValue): void {
    for (const node of nodes) {
      this.step();
      if (node.kind === 'text') this.write(node.text);
      else if (node.kind === 'action') {
        const value = this.pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0) this.write(value === null ? '<no value>' : printValue(value));
      } else if ('pipe' in node) this.branch(node, dot);
      else throw new LoopControl(node.kind);
    }
  }

  private step(): void {
    if (++this.steps > MAX_STEPS) throw new Error(`more than ${MAX_STEPS} steps`);
  }

  private write(text: string): void {
    allowText(this.text.length + text.length);
    this.text += text;
  }

  private branch(node: Extract<TemplateNode, { body: readonly TemplateNode[] }>, dot: GoValue): void {
    const known = this.variables.length;
    const value = this.pipe(node.pipe, dot);
    if (node.kind === 'range') this.range(node, value, dot);
    else this.nodes(isTrue(value) ? node.body : node.otherwise, node.kind === 'with' && isTrue(value) ? value : dot);
    this.variables.length = known;
  }

  private range(node: Extract<TemplateNode, { body: readonly TemplateNode[] }>, value: GoValue, dot: GoValue): void {
    const items = this.itemsOf(value);
    if (items.length === 0) {
      this.nodes(node.otherwise, dot);
      return;
    }
    const known = this.variables.length;
    const names = node.pipe.variables;
    for (const [key, item] of items) {
      this.step();
      const given = names.length === 2 ? [key, item] : [item];
      for (const [i, name] of names.entries()) this.give(name, given[i]!, node.pipe.isAssignment);
      try {
        this.nodes(node.body, item);
      } catch (error) {
        if (!(error instanceof LoopControl)) throw error;
        if (error.kind === 'break') break;
      } finally {
        this.variables.length = known;
      }
    }
  }

  private itemsOf(value: GoValue): (readonly [GoValue, GoValue])[] {
    if (value === null) return [];
    if (Array.isArray(value)) return value.map((item: GoValue, i) => [BigInt(i), item] as const);
    if (value instanceof Map) return [...value].sort(([a], [b]) => (a < b ? -1 : 1));
    const count = integerOf(value);
    if (count === undefined) throw new Error(`range can't iterate over ${printValue(value)}`);
    if (count > BigInt(MAX_STEPS)) throw new Error(`more than ${MAX_STEPS} steps`);
    return Array.from({ length: Math.max(0, Number(count)) }, (_, i) => [BigInt(i), BigInt(i)] as const);
  }

  private give(name: string, value: GoValue, isAssignment: boolean): void {
    const known = isAssignment ? this.variables.findLast((variable) => variable.name === name) : undefined;
    if (known) known.value = value;
    else this.variables.push({ name, value });
  }

  private pipe(pipe: Pipe, dot: GoValue): GoValue {
    this.place = pipe;
    let value: GoValue | undefined;
    for (const command of pipe.commands) value = this.command(command, dot, value);
    // Of a range the items are given, one after another.
    if (pipe.variables.length === 1) this.give(pipe.variables[0]!, value!, pipe.isAssignment);
    return value!;
  }

  // The value of the command before is the last operand of the next.
  private command(command: Command, dot: GoValue, piped: GoValue | undefined): GoValue {
    const [first, ...rest] = command.operands as [Operand, ...Operand[]];
    this.place = first;
    if (first.kind === 'function') return this.call(first, command, rest, dot, piped);
    if (rest.length > 0 || piped !== undefined) {
      if (first.kind === 'field' || first.kind === 'variable') {
        this.value(first, dot);
        throw new Error(`${first.source.split('.').at(-1)} is not a method but has arguments`);
      }
      throw new Error(`can't give argument to non-function ${first.source}`);
    }
    if (first.kind === 'constant' && first.value === null) throw new Error('nil is not a command');
    return this.value(first, dot);
  }

  private call(
    operand: Extract<Operand, { kind: 'function' }>,
    place: Place,
    operands: readonly Operand[],
    dot: GoValue,
    piped: GoValue | undefined,
  ): GoValue {
    const { name } = operand;
    if (name === '__line__') return this.context.line;
    if (name === '__timestamp__') return new GoTime(this.context.timeNs);
    if (name === 'and' || name === 'or') return this.shortCircuit(name, operands, dot, piped);
    const called = templateFunctions[name]!;
    this.checkCount(called, name, operands.length + (piped === undefined ? 0 : 1));
    const values = operands.map((one, i) => this.argument(one, typeAt(called, i), dot));
    if (piped !== undefined) values.push(checkType(piped, typeAt(called, values.length)));
    try {
      return called.run(values as never[]);
    } catch (error) {
      this.place = place;
      throw new Error(`error calling ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private checkCount({ parameters, rest }: TemplateFunction, name: string, count: number): void {
    const { length } = parameters;
    if (rest ? count >= length : count === length) return;
    throw new Error(`wrong number of args for ${name}: want ${rest ? 'at least ' : ''}${length} got ${count}`);
  }

  private shortCircuit(
    name: 'and' | 'or',
    operands: readonly Operand[],
    dot: GoValue,
    piped: GoValue | undefined,
  ): GoValue {
    let value: GoValue | undefined;
    for (const operand of operands) {
      value = this.value(operand, dot);
      if (isTrue(value) === (name === 'or')) return value;
    }
    if (piped !== undefined) return piped;
    if (value === undefined) throw new Error(`wrong number of args for ${name}: want at least 1 got 0`);
    return value;
  }

  private argument(operand: Operand, type: TemplateFunction['rest'], dot: GoValue): GoValue {
    this.place = operand;
    const isLiteral = operand.kind === 'number' || operand.kind === 'constant';
    if (isLiteral && type === 'string' && (operand.kind === 'number' || typeof operand.value === 'boolean')) {
      throw new Error(`expected string; found ${operand.source}`);
    }
    if (operand.kind === 'constant' && operand.value === null && type !== 'any') {
      throw new Error(`cannot assign nil to ${type === 'time' ? 'time.Time' : type}`);
    }
    if (isLiteral && type === 'time') throw new Error(`can't handle ${operand.source} for arg of type time.Time`);
    if (isLiteral && type === 'int' && (operand.kind !== 'number' || operand.int === undefined)) {
      throw new Error(`expected integer; found ${operand.source}`);
    }
    return checkType(this.value(operand, dot), type);
  }

  private value(operand: Operand, dot: GoValue): GoValue {
    this.place = operand;
    switch (operand.kind) {
      case 'constant':
        return operand.value;
      case 'number':
        return operand.int ?? operand.float;
      case 'dot':
        return dot;
      case 'field':
        return this.follow(dot, operand);
      case 'variable': {
        const variable = this.variables.findLast(({ name }) => name === operand.name);
        return this.follow(variable?.value ?? null, operand);
      }
      case 'pipe':
        return this.follow(this.pipe(operand.pipe, dot), operand);
      case 'function':
        return this.call(operand, operand, [], dot, undefined);
    }
  }

  // A label that is missing is the empty string; of a map of JSON it is nil.
  private follow(start: GoValue, operand: Extract<Operand, { path: readonly string[] }>): GoValue {
    let value = start;
    for (const [i, name] of operand.path.entries()) {
      if (!(value instanceof Map)) {
        if (operand.kind !== 'pipe') this.place = { ...operand, position: operand.position + pathOffset(operand, i) };
        throw new Error(`can't evaluate field ${name} in type ${value === null ? 'interface {}' : typeName(value)}`);
      }
      const member: GoValue | undefined = value.get(name);
      value = member ?? (value === this.context.labels ? '' : null);
    }
    return value;
  }
}

// Go places an error in a chain at the field before, without its point.
function pathOffset({ source, path }: Place & { readonly path: readonly string[] }, index: number): number {
  const length = path.slice(index).reduce((total, name) => total + name.length + 1, 0);
  return Math.max(0, source.length - length);
}

function typeAt({ parameters, rest }: TemplateFunction, index: number): TemplateFunction['rest'] {
  return parameters[index] ?? rest;
}

function checkType(value: GoValue, type: TemplateFunction['rest']): GoValue {
  const isRight =
    type === 'any' ||
    (type === 'string' && typeof value === 'string') ||
    (type === 'int' && typeof value === 'bigint') ||
    (type === 'time' && value instanceof GoTime);
  if (isRight) return value;
  const wanted = type === 'time' ? 'time.Time' : type;
  if (value === null) throw new Error(`invalid value; expected ${wanted}`);
  throw new Error(`wrong type for value; expected ${wanted}; got ${typeName(value)}`);
}
