import { QueryError } from '../logql/query-error';
import { type Operand, type Pipe, parseTemplate, type TemplateNode } from './parse-template';
import { stringFunctions } from './string-functions';
import { isTrue, printValue, type TemplateContext, type TemplateValue } from './template-value';
import { valueFunctions } from './value-functions';

export type TemplateResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly error: string };

interface Scope {
  readonly context: TemplateContext;
  readonly dot: TemplateValue;
  readonly variables: Map<string, TemplateValue>;
}

const functions = { ...stringFunctions, ...valueFunctions };
const specials = new Set(['__line__', '__timestamp__', 'and', 'or']);

/** A Go template over a line's labels. Throws a QueryError for one that does not parse or names a function we lack. */
export function compileTemplate(text: string): (context: TemplateContext) => TemplateResult {
  const nodes = parseTemplate(text);
  checkFunctions(nodes);
  return (context) => {
    const dot = Object.fromEntries(context.labels);
    try {
      return { ok: true, text: runNodes(nodes, { context, dot, variables: new Map([['$', dot]]) }) };
    } catch (error) {
      return { ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  };
}

function checkFunctions(nodes: readonly TemplateNode[]): void {
  for (const node of nodes) {
    if (node.kind === 'text') continue;
    checkPipe(node.pipe);
    if (node.kind !== 'action') {
      checkFunctions(node.body);
      checkFunctions(node.otherwise);
    }
  }
}

function checkPipe(pipe: Pipe): void {
  for (const operand of pipe.commands.flat()) {
    if (operand.kind === 'pipe') checkPipe(operand.pipe);
    if (operand.kind === 'function' && !(operand.name in functions) && !specials.has(operand.name)) {
      throw new QueryError(
        `parse error : invalid line template: template: line:1: function "${operand.name}" not defined in the embedded engine`,
      );
    }
  }
}

function runNodes(nodes: readonly TemplateNode[], scope: Scope): string {
  let text = '';
  for (const node of nodes) {
    if (node.kind === 'text') text += node.text;
    else if (node.kind === 'action') text += runAction(node.pipe, scope);
    else text += runBranch(node, scope);
  }
  return text;
}

function runAction(pipe: Pipe, scope: Scope): string {
  const value = runPipe(pipe, scope);
  return pipe.variable === undefined ? printValue(value) : '';
}

function runBranch(node: Exclude<TemplateNode, { kind: 'text' | 'action' }>, scope: Scope): string {
  const value = runPipe(node.pipe, scope);
  if (!isTrue(value)) return runNodes(node.otherwise, scope);
  if (node.kind === 'if') return runNodes(node.body, scope);
  if (node.kind === 'with') return runNodes(node.body, { ...scope, dot: value });
  if (value === null || typeof value !== 'object') throw new Error(`range can't iterate over ${printValue(value)}`);
  return Object.values(value)
    .map((item) => runNodes(node.body, { ...scope, dot: item as TemplateValue }))
    .join('');
}

function runPipe(pipe: Pipe, scope: Scope): TemplateValue {
  let previous: TemplateValue | undefined;
  for (const command of pipe.commands) previous = runCommand(command, scope, previous);
  if (pipe.variable !== undefined) scope.variables.set(pipe.variable, previous ?? null);
  return previous ?? null;
}

// The value of the command before is the last operand of the next.
function runCommand(command: readonly Operand[], scope: Scope, piped: TemplateValue | undefined): TemplateValue {
  const [first, ...rest] = command;
  if (first!.kind !== 'function') return evaluate(first!, scope);
  if (first!.name === 'and' || first!.name === 'or') return shortCircuit(first!.name, rest, scope, piped);
  const values = rest.map((operand) => evaluate(operand, scope));
  if (piped !== undefined) values.push(piped);
  return callFunction(first!.name, values, scope);
}

function shortCircuit(
  name: 'and' | 'or',
  operands: readonly Operand[],
  scope: Scope,
  piped: TemplateValue | undefined,
): TemplateValue {
  let value: TemplateValue = name === 'and';
  for (const operand of operands) {
    value = evaluate(operand, scope);
    if (isTrue(value) === (name === 'or')) return value;
  }
  return piped ?? value;
}

function evaluate(operand: Operand, scope: Scope): TemplateValue {
  switch (operand.kind) {
    case 'constant':
      return operand.value;
    case 'field':
      return follow(scope.dot, operand.path);
    case 'variable':
      return follow(scope.variables.get(operand.name) ?? null, operand.path);
    case 'pipe':
      return follow(runPipe(operand.pipe, scope), operand.path);
    case 'function':
      return callFunction(operand.name, [], scope);
  }
}

function callFunction(name: string, values: readonly TemplateValue[], scope: Scope): TemplateValue {
  if (name === '__line__') return scope.context.line;
  if (name === '__timestamp__') return scope.context.timeNs;
  return functions[name]!(...values);
}

// A label that is missing is the empty string.
function follow(value: TemplateValue, path: readonly string[]): TemplateValue {
  let current = value;
  for (const name of path) {
    if (current === null || typeof current !== 'object') throw new Error(`can't evaluate field ${name} in type string`);
    current = (current as Record<string, TemplateValue>)[name] ?? '';
  }
  return current;
}
