import { parser } from '@grafana/lezer-traceql';
import type { SyntaxNode } from '@lezer/common';
import type { Problem } from '../../../shared/problem';
import type { ComparisonOperator, Field, MetricsFunction, MetricsStage, Query, SpansetOperator, Stage } from './ast';
import { climbOperators, type OperatorTable, type Token } from './climb-operators';
import { describeSyntaxError } from './describe-syntax-error';
import { maskQuery } from './mask-query';
import { parseStatic, readField, readFieldExpression } from './read-field-expression';
import { refuseConstruct } from './refuse-construct';

type Element = Stage | { readonly type: 'metrics'; readonly stage: MetricsStage } | Selection;
interface Selection {
  readonly type: 'selection';
  readonly function: 'topk' | 'bottomk';
  readonly count: number;
}

/** Reads a query; a `Problem` is a syntax error in Tempo's words or a construct that is refused by its name. */
export function parseTraceql(query: string): Query | Problem {
  const { text, hints } = maskQuery(query);
  const tree = parser.parse(text);
  const metricsArithmetic = /(?:rate|_over_time)\s*\([^()]*\)(?:\s*by\s*\([^()]*\))?\s*\)*\s*([-+*/<>=!])/.exec(text);
  if (metricsArithmetic) return refuseConstruct(`"${metricsArithmetic[1]}" on metrics`);
  const syntaxError = describeSyntaxError(query, tree);
  if (syntaxError) return syntaxError;

  const reader = new StageReader(query, text);
  const element = reader.expression(tree.topNode);
  if (reader.unsupported !== undefined) return refuseConstruct(reader.unsupported);
  if (element === undefined) return refuseConstruct('this pipeline');

  const stages: Stage[] = [];
  let metrics: MetricsStage | undefined;
  for (const item of element.type === 'pipeline' ? (element.stages as readonly Element[]) : [element]) {
    if (item.type === 'metrics') metrics = item.stage;
    else if (item.type === 'selection' && metrics) metrics = { ...metrics, selections: [...metrics.selections, item] };
    else if (item.type === 'selection') return refuseConstruct(`${item.function} before a metrics function`);
    else if (metrics) return refuseConstruct('a stage after a metrics function');
    else stages.push(item);
  }
  return metrics ? { stages, metrics, hints } : { stages, hints };
}

class StageReader {
  unsupported: string | undefined;

  constructor(
    private readonly query: string,
    private readonly masked: string,
  ) {}

  expression(node: SyntaxNode): Element | undefined {
    const tokens: Token<Element>[] = [];
    this.collect(node, tokens);
    return this.unsupported === undefined ? climbOperators(tokens, operators) : undefined;
  }

  private collect(node: SyntaxNode, tokens: Token<Element>[]): void {
    let position = node.from;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      this.pushBetween(this.masked.slice(position, child.from), tokens);
      position = child.to;
      if (containers.has(child.name)) this.collect(child, tokens);
      else if (operatorNodes.has(child.name)) tokens.push({ type: 'operator', text: this.text(child) });
      else if (!child.name.endsWith('Comment') && child.name !== 'WithHint') {
        const element = this.element(child);
        if (element) tokens.push({ type: 'operand', node: element });
      }
    }
    this.pushBetween(this.masked.slice(position, node.to), tokens);
  }

  private pushBetween(gap: string, tokens: Token<Element>[]): void {
    for (const character of gap) {
      if (character === '(') tokens.push({ type: 'open' });
      else if (character === ')') tokens.push({ type: 'close' });
      else if (character === '~') tokens.push({ type: 'operator', text: character });
    }
  }

  private element(node: SyntaxNode): Element | undefined {
    switch (node.name) {
      case 'SpansetFilter': {
        const expression = node.getChild('FieldExpression');
        if (!expression)
          return { type: 'filter', expression: { type: 'static', value: { type: 'boolean', value: true } } };
        const read = readFieldExpression(this.query, expression);
        return typeof read === 'string' ? this.refuse(read) : { type: 'filter', expression: read };
      }
      case 'ScalarFilter':
        return this.aggregate(node);
      case 'GroupOperation': {
        const read = readFieldExpression(this.query, node.getChild('FieldExpression') as SyntaxNode);
        return typeof read === 'string' ? this.refuse(read) : { type: 'group', expression: read };
      }
      case 'CoalesceOperation':
        return { type: 'coalesce' };
      case 'SelectOperation':
        return { type: 'select', fields: this.fields(node) };
      case 'MetricsOperation':
        return this.metrics(node.firstChild as SyntaxNode);
      case 'MetricsAggregatorFunctions': {
        const name = this.text(node.getChild('MetricsAggregatorFunctionType') as SyntaxNode);
        return {
          type: 'selection',
          function: name as 'topk' | 'bottomk',
          count: Number(this.text(node.getChild('Integer') as SyntaxNode)),
        };
      }
      default:
        return this.refuse(this.text(node));
    }
  }

  /** Tempo too takes only an aggregate on the left and a literal on the right. */
  private aggregate(node: SyntaxNode): Element | undefined {
    const [left, right] = node.getChildren('ScalarExpression');
    const aggregate = left?.firstChild;
    const value = right && parseStatic(this.text(right).replace(/^-\s+/, '-'));
    if (aggregate?.name !== 'Aggregate' || aggregate.nextSibling || !value)
      return this.refuse(`the scalar filter ${this.text(node)}`);
    const operator = this.text(node.getChild('ComparisonOp') as SyntaxNode) as ComparisonOperator;
    const name = this.text(aggregate).replace(/\s*\(.*$/s, '') as 'count' | 'min' | 'max' | 'avg' | 'sum';
    const field = aggregate.getChild('FieldExpression');
    if (!field) return { type: 'aggregate', function: name, operator, value };
    const expression = readFieldExpression(this.query, field);
    if (typeof expression === 'string') return this.refuse(expression);
    return { type: 'aggregate', function: name, expression, operator, value };
  }

  private metrics(node: SyntaxNode): Element | undefined {
    const name = /^[a-z_]+/.exec(this.text(node))?.[0] ?? '';
    if (!metricsFunctions.has(name)) return this.refuse(`${name}()`);
    const group = node.getChild('GroupOperation');
    const argument = descend(node, 'MetricsExpression')?.firstChild;
    const field = argument ? this.field(argument) : undefined;
    const quantiles =
      node.getChild('MetricsOperationQuantileArgs')?.getChildren('MetricsOperationQuantileArgsType') ?? [];
    const stage: MetricsStage = {
      function: name as MetricsFunction,
      ...(field ? { field } : {}),
      quantiles: quantiles.map((quantile) => Number(this.text(quantile))),
      by: group ? this.fields(group) : [],
      selections: [],
    };
    return { type: 'metrics', stage };
  }

  /** The fields among a node's descendants, in order. */
  private fields(node: SyntaxNode): Field[] {
    const fields: Field[] = [];
    const visit = (child: SyntaxNode): void => {
      if (child.name === 'FieldOp' || child.name === 'And' || child.name === 'Or')
        this.refuse('an expression in a list of fields');
      else if (child.name === 'AttributeField' || child.name === 'IntrinsicField' || child.name === 'Static') {
        const field = this.field(child);
        if (field) fields.push(field);
      } else for (let inner = child.firstChild; inner; inner = inner.nextSibling) visit(inner);
    };
    visit(node);
    return fields;
  }

  private field(node: SyntaxNode): Field | undefined {
    const field = readField(this.query, node);
    if (typeof field !== 'string' && (field.type === 'attribute' || field.type === 'intrinsic')) return field;
    this.refuse(this.text(node));
    return undefined;
  }

  private refuse(construct: string): undefined {
    this.unsupported ??= construct;
  }

  private text(node: SyntaxNode): string {
    return this.query.slice(node.from, node.to);
  }
}

function descend(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const found = child.name === name ? child : descend(child, name);
    if (found) return found;
  }
  return undefined;
}

const containers = new Set([
  'SpansetPipelineExpression',
  'WrappedSpansetPipeline',
  'SpansetPipeline',
  'SpansetExpression',
]);
const operatorNodes = new Set(['And', 'Or', 'Gt', 'Lt', 'Desc', 'Anc', 'Pipe', 'ExperimentalOp', 'UnionStructuralOp']);
const metricsFunctions = new Set([
  'rate',
  'count_over_time',
  'min_over_time',
  'max_over_time',
  'avg_over_time',
  'sum_over_time',
  'quantile_over_time',
  'histogram_over_time',
]);

const operators: OperatorTable<Element> = {
  binary: (text) => (text === '|' ? 0 : text === '&&' || text === '||' ? 1 : 2),
  prefix: () => undefined,
  rightAssociative: new Set(),
  join(text, left, right) {
    if (text !== '|')
      return { type: 'operation', operator: text as SpansetOperator, left: left as Stage, right: right as Stage };
    const stages = [left, right].flatMap((side): readonly Element[] =>
      side.type === 'pipeline' ? side.stages : [side],
    );
    return { type: 'pipeline', stages: stages as Stage[] };
  },
  apply: (_, operand) => operand,
};
