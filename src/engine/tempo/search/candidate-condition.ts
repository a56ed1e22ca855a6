import type { QueryOptions, StoreReader } from '../../store/reader/reader';
import type { Field, FieldExpression, Query, Stage } from '../traceql/ast';
import { ConditionCompiler } from './compile-condition';
import { always, either, never, type SpanCondition } from './span-condition';

/**
 * A condition that at least one span fulfils in every trace the query can match. It is the first filter's, as later
 * stages only narrow down; of operators, what each side may contribute. It holds for spans whose attributes all have ids
 * over `after`.
 */
export async function candidateCondition(
  reader: StoreReader,
  query: Query,
  options: QueryOptions,
  after = 0,
): Promise<SpanCondition> {
  const compiler = new ConditionCompiler(reader, options, after);
  const [first] = query.stages;
  return first ? ofStage(first, compiler) : always;
}

async function ofStage(stage: Stage, compiler: ConditionCompiler): Promise<SpanCondition> {
  switch (stage.type) {
    case 'filter':
      return compiler.compile(stage.expression);
    case 'pipeline':
      return stage.stages[0] ? ofStage(stage.stages[0], compiler) : always;
    case 'operation': {
      const right = await ofStage(stage.right, compiler);
      // Every other operator gives spans of its right side, so that there must be one.
      if (stage.operator !== '||' && stage.operator !== '&&') return right;
      const left = await ofStage(stage.left, compiler);
      if (stage.operator === '||') return either(left, right);
      return left === never || right === never ? never : left === always ? right : left;
    }
    default:
      return always;
  }
}

/** What of a span the query looks at, beyond its own columns. */
export function fieldsOf(query: Query): { attributes: boolean; events: boolean; nestedSets: boolean } {
  const fields = query.stages.flatMap(stageFields);
  if (query.metrics) fields.push(...query.metrics.by, ...(query.metrics.field ? [query.metrics.field] : []));
  return {
    attributes: fields.some(
      (field) => field.type === 'attribute' && (field.scope === undefined || field.scope === 'span'),
    ),
    events: fields.some((field) =>
      /^(?:event|link)/.test(field.type === 'attribute' ? (field.scope ?? '') : field.name),
    ),
    nestedSets: fields.some((field) => field.type === 'intrinsic' && field.name.startsWith('nestedSet')),
  };
}

/** The fields a stage names. */
export function stageFields(stage: Stage): Field[] {
  switch (stage.type) {
    case 'filter':
    case 'group':
      return expressionFields(stage.expression);
    case 'aggregate':
      return stage.expression ? expressionFields(stage.expression) : [];
    case 'operation':
      return [...stageFields(stage.left), ...stageFields(stage.right)];
    case 'pipeline':
      return stage.stages.flatMap(stageFields);
    case 'select':
      return [...stage.fields];
    case 'coalesce':
      return [];
  }
}

function expressionFields(expression: FieldExpression): Field[] {
  switch (expression.type) {
    case 'attribute':
    case 'intrinsic':
      return [expression];
    case 'static':
      return [];
    case 'unary':
      return expressionFields(expression.operand);
    case 'binary':
      return [...expressionFields(expression.left), ...expressionFields(expression.right)];
  }
}
