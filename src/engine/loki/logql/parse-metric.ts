import type { SyntaxNode } from '@lezer/common';
import type { Grouping, MetricExpression, RangeFunction, Selection, Unwrap, VectorFunction } from './ast';
import { parseBinary } from './parse-binary';
import { parseLabelFilter } from './parse-label-filter';
import { QueryError } from './query-error';
import type { QuerySource } from './query-source';

type ReadSelection = (range: SyntaxNode) => Selection;

const withoutUnwrap = new Set<RangeFunction>(['count_over_time', 'bytes_over_time', 'bytes_rate']);
const withOrWithoutUnwrap = new Set<RangeFunction>(['rate', 'absent_over_time']);
const groupable = new Set<RangeFunction>([
  'avg_over_time',
  'max_over_time',
  'min_over_time',
  'quantile_over_time',
  'stddev_over_time',
  'stdvar_over_time',
  'first_over_time',
  'last_over_time',
]);

/** Reads a MetricExpr; `readSelection` reads the selector and pipeline inside a LogRangeExpr. */
export function parseMetric(source: QuerySource, node: SyntaxNode, readSelection: ReadSelection): MetricExpression {
  const inner = node.name === 'MetricExpr' || node.name === 'Expr' ? node.firstChild! : node;
  const nested = (child: SyntaxNode) => parseMetric(source, child, readSelection);
  switch (inner.name) {
    case 'MetricExpr':
      return nested(inner);
    case 'RangeAggregationExpr':
      return readRangeAggregation(source, inner, readSelection);
    case 'VectorAggregationExpr':
      return readVectorAggregation(source, inner, nested);
    case 'BinOpExpr':
      return parseBinary(source, inner, nested);
    case 'LiteralExpr':
      return { kind: 'number', value: source.number(inner) };
    case 'VectorExpr':
      return { kind: 'constant-vector', value: source.number(inner.getChild('Number')!) };
    case 'LabelReplaceExpr': {
      const [target, replacement, label, pattern] = inner.getChildren('String').map((child) => source.string(child));
      source.checkRegex(pattern!, inner);
      const operand = nested(inner.getChild('MetricExpr')!);
      return {
        kind: 'label-replace',
        operand,
        target: target!,
        replacement: replacement!,
        source: label!,
        pattern: pattern!,
      };
    }
    default:
      throw new QueryError(
        'parse error : syntax error: unexpected type for left leg of binary operation: log selector',
      );
  }
}

function readRangeAggregation(source: QuerySource, node: SyntaxNode, readSelection: ReadSelection): MetricExpression {
  let range = node.getChild('LogRangeExpr')!;
  while (range.getChild('LogRangeExpr')) range = range.getChild('LogRangeExpr')!;
  const name = source.text(node.getChild('RangeOp')!) as RangeFunction;
  const number = node.getChild('Number');
  const unwrapNode = range.getChild('UnwrapExpr');
  const grouping = readGrouping(source, node);
  if (name === 'quantile_over_time' && !number)
    throw source.error(node, 'parameter required for operation quantile_over_time');
  if (number && name !== 'quantile_over_time')
    throw source.error(node, `parameter ${source.text(number)} not supported for operation ${name}`);
  if (unwrapNode && withoutUnwrap.has(name)) throw source.error(node, `invalid aggregation ${name} with unwrap`);
  if (!unwrapNode && !withoutUnwrap.has(name) && !withOrWithoutUnwrap.has(name)) {
    throw source.error(node, `invalid aggregation ${name} without unwrap`);
  }
  if (grouping && !groupable.has(name)) throw source.error(node, `grouping not allowed for ${name} aggregation`);
  const offsetNode = range.getChild('OffsetExpr')?.getChild('Duration') ?? findTrailingOffset(node);
  return {
    kind: 'range',
    function: name,
    ...(number && { parameter: source.number(number) }),
    selection: readSelection(range),
    ...(unwrapNode && { unwrap: readUnwrap(source, unwrapNode) }),
    range: BigInt(source.duration(range.getChild('Range')!.getChild('Duration')!)),
    offset: offsetNode ? BigInt(source.duration(offsetNode)) : 0n,
    ...(grouping && { grouping }),
  };
}

// `… | unwrap x [5m] offset 1m` is beyond the grammar, which leaves the duration in an error node.
function findTrailingOffset(node: SyntaxNode): SyntaxNode | undefined {
  for (const error of node.getChildren('⚠')) {
    const duration = error.getChild('Duration');
    if (duration) return duration;
  }
  return undefined;
}

function readUnwrap(source: QuerySource, node: SyntaxNode): Unwrap {
  const inner = node.getChild('UnwrapExpr');
  if (inner) {
    const unwrap = readUnwrap(source, inner);
    return { ...unwrap, filters: [...unwrap.filters, parseLabelFilter(source, node.getChild('LabelFilter')!)] };
  }
  const conversion = node.getChild('ConvOp');
  const name = conversion ? source.text(conversion) : 'number';
  return {
    label: source.text(node.getChild('Identifier')!),
    conversion: name === 'bytes' || name === 'number' ? name : 'duration',
    filters: [],
  };
}

function readVectorAggregation(
  source: QuerySource,
  node: SyntaxNode,
  nested: (child: SyntaxNode) => MetricExpression,
): MetricExpression {
  const name = source.text(node.getChild('VectorOp')!) as VectorFunction;
  const number = node.getChild('Number');
  const grouping = readGrouping(source, node);
  const needsNumber = name === 'topk' || name === 'bottomk';
  if (needsNumber && !number) throw source.error(node, `parameter required for operation ${name}`);
  if (number && !needsNumber)
    throw source.error(node, `unsupported parameter for operation ${name}(${source.text(number)},`);
  if (grouping && name.startsWith('sort')) throw source.error(node, `grouping not allowed for ${name} aggregation`);
  const parameter = number ? source.number(number) : undefined;
  if (parameter !== undefined && (parameter <= 0 || !Number.isInteger(parameter))) {
    throw source.error(node, `invalid parameter (must be greater than 0) ${name}(${parameter}`);
  }
  return {
    kind: 'vector',
    function: name,
    ...(parameter !== undefined && { parameter }),
    operand: nested(node.getChild('MetricExpr')!),
    ...(grouping && { grouping }),
  };
}

function readGrouping(source: QuerySource, node: SyntaxNode): Grouping | undefined {
  const grouping = node.getChild('Grouping');
  if (!grouping) return undefined;
  const labels: string[] = [];
  grouping.cursor().iterate((cursor) => {
    if (cursor.name === 'Identifier') labels.push(source.text(cursor.node));
  });
  return { without: grouping.getChild('Without') !== null, labels };
}
