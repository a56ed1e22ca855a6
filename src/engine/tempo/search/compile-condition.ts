import type { QueryOptions, StoreReader } from '../../store/reader/reader';
import { serviceNameOf } from '../store/loaded-trace';
import { applyOperator } from '../traceql/apply-operator';
import type { Attribute, ComparisonOperator, Field, FieldExpression, Intrinsic } from '../traceql/ast';
import { countFields, type PartScope, scopesToBind } from '../traceql/part-binding';
import { boolean, kindNames, type Static, statusNames, string } from '../traceql/static-value';
import { toStatic } from '../traceql/to-static';
import { attributeIds, stringIds, type ValuePredicate } from './attribute-ids';
import {
  durationCondition,
  enumCondition,
  hasDuration,
  partCondition,
  rootCondition,
  rootTest,
} from './column-conditions';
import { idList } from './id-list';
import type { RowFilter } from './row-filter';
import { always, both, either, inWindow, never, not, type SpanCondition, unknown } from './span-condition';
import { traceIdCondition } from './trace-id-condition';

/** More ids than this are looked up by unnesting the lists: each `list_contains` costs about 30 ns a row. */
const FEW_IDS = 6;

/** Compiles a filter's expression to SQL; predicates on attributes are resolved to dictionary ids on the way. */
export class ConditionCompiler {
  constructor(
    private readonly reader: StoreReader,
    private readonly options: QueryOptions = {},
    /** Spans that have attributes of ids up to this are of no interest. */
    private readonly after = 0,
  ) {}

  /** `bound`: of these the condition is meant of one alone, of which SQL cannot say what it lacks. */
  async compile(expression: FieldExpression, bound: readonly PartScope[] = []): Promise<SpanCondition> {
    switch (expression.type) {
      case 'static':
        return expression.value.type === 'boolean' && expression.value.value ? always : never;
      case 'attribute':
        return this.leaf(expression, { operator: '=', value: { type: 'boolean', value: true } });
      case 'intrinsic':
        return never;
      case 'unary':
        return this.unary(expression, bound);
      case 'binary':
        return this.binary(expression, bound);
    }
  }

  private async unary(
    { operator, operand }: Extract<FieldExpression, { type: 'unary' }>,
    bound: readonly PartScope[],
  ): Promise<SpanCondition> {
    if (operator !== 'exists' && bound.some((scope) => countFields(operand, scope) > 0)) return unknown;
    if (operator === '!') return this.opposite(operand);
    if (operand.type !== 'attribute' || operator === '-') return unknown;
    const exists = await this.leaf(operand, undefined);
    return operator === 'exists' ? exists : not(exists);
  }

  /** A missing attribute, or one that is no boolean, has no opposite. */
  private async opposite(operand: FieldExpression): Promise<SpanCondition> {
    if (operand.type === 'unary' && operand.operator === '!') return unknown;
    if (operand.type === 'intrinsic') return never;
    const matching = await this.compile(operand);
    if (operand.type !== 'attribute') return not(matching);
    return both(await this.leaf(operand, { operator: '=', value: boolean(false) }), not(matching));
  }

  private async binary(
    expression: Extract<FieldExpression, { type: 'binary' }>,
    bound: readonly PartScope[],
  ): Promise<SpanCondition> {
    const scopes = scopesToBind(expression);
    const condition = await this.joined(expression, [...bound, ...scopes]);
    // What holds on one event or link is told apart on the whole trace.
    if (scopes.length === 0 || condition === never) return condition;
    return { ...condition, exact: false };
  }

  private async joined(
    { operator, left, right }: Extract<FieldExpression, { type: 'binary' }>,
    bound: readonly PartScope[],
  ): Promise<SpanCondition> {
    if (operator === '&&') return both(await this.compile(left, bound), await this.compile(right, bound));
    if (operator === '||') return either(await this.compile(left, bound), await this.compile(right, bound));
    if ('+-*/%^'.includes(operator)) return unknown;
    const comparison = operator as ComparisonOperator;
    const [literalLeft, literalRight] = [constantOf(left), constantOf(right)];
    if (literalLeft && literalRight) return truth(applyOperator(operator, literalLeft, literalRight));
    if (isField(left) && literalRight) return this.leaf(left, { operator: comparison, value: literalRight });
    if (isField(right) && literalLeft) return this.leaf(right, { operator: flip(comparison), value: literalLeft });
    return unknown;
  }

  private leaf(field: Field, predicate: ValuePredicate | undefined): Promise<SpanCondition> {
    if (field.type === 'attribute') return this.attribute(field, predicate);
    return predicate ? this.intrinsic(field.name, predicate) : Promise.resolve(unknown);
  }

  private async attribute({ scope, name }: Attribute, predicate: ValuePredicate | undefined): Promise<SpanCondition> {
    switch (scope) {
      case 'span':
        return this.spanAttribute(name, predicate);
      case 'resource':
        return this.resourceAttribute(name, predicate);
      case 'event':
      case 'link':
        return this.partAttribute(scope, name, predicate);
      case 'instrumentation':
        return this.ids('scope', this.reader.dictionary.scopes(), ({ attributes }) => {
          return attributes.some((attribute) => attribute.key === name && holds(toStatic(attribute), predicate));
        });
      default: {
        // The span's own attribute hides the resource's of the same name.
        const own = await this.spanAttribute(name, predicate);
        const inherited = await this.resourceAttribute(name, predicate);
        if (inherited === never) return own;
        return either(own, both(inherited, not(await this.spanAttribute(name, undefined))));
      }
    }
  }

  private async spanAttribute(name: string, predicate: ValuePredicate | undefined): Promise<SpanCondition> {
    const set = await attributeIds(this.reader, name, predicate, this.after, this.options);
    const { ids } = set;
    if (ids.length === 0) return never;
    const rows: RowFilter = { type: 'ids', ids: set };
    if (ids.length <= FEW_IDS) {
      return {
        exact: true,
        rows,
        sql: () => `(${Array.from(ids, (id) => `list_contains(s.attributes, ${id}::UINTEGER)`).join(' OR ')})`,
      };
    }
    return {
      exact: true,
      rows,
      sql: (window) =>
        `s.seq IN (SELECT seq FROM (SELECT seq, unnest(attributes) AS attribute FROM spans WHERE ${inWindow('seq', window)}) WHERE attribute IN ${idList(ids)})`,
    };
  }

  private async resourceAttribute(name: string, predicate: ValuePredicate | undefined): Promise<SpanCondition> {
    if (name === 'service.name') return this.services((service) => holds(string(service), predicate));
    return this.ids('resource', this.reader.dictionary.resources(), ({ attributes }) => {
      return attributes.some((attribute) => attribute.key === name && holds(toStatic(attribute), predicate));
    });
  }

  /** Spans without a resource, of the id 0, are of a service too. */
  private services(matches: (service: string) => boolean): SpanCondition {
    const ids = this.serviceIds(matches);
    return ids.length === 0 ? never : { exact: true, sql: () => `s.resource IN (${ids.join(',')})` };
  }

  private serviceIds(matches: (service: string) => boolean): number[] {
    const resources = [...this.reader.dictionary.resources().values()];
    const ids = resources.filter((resource) => matches(serviceNameOf(resource))).map(({ id }) => id);
    return matches(serviceNameOf(undefined)) ? [0, ...ids] : ids;
  }

  private ids<Value extends { id: number }>(
    column: 'resource' | 'scope',
    values: ReadonlyMap<number, Value>,
    matches: (value: Value) => boolean,
  ): SpanCondition {
    const ids = [...values.values()].filter(matches).map(({ id }) => id);
    return ids.length === 0 ? never : { exact: true, sql: () => `s.${column} IN (${ids.join(',')})` };
  }

  private async partAttribute(
    scope: 'event' | 'link',
    name: string,
    predicate: ValuePredicate | undefined,
  ): Promise<SpanCondition> {
    const { ids } = await attributeIds(this.reader, name, predicate, this.after, this.options);
    if (ids.length === 0) return never;
    const list = idList(ids);
    return partCondition(
      scope,
      (window) =>
        `SELECT span_seq FROM (SELECT span_seq, unnest(attributes) AS attribute FROM span_${scope}s WHERE ${inWindow('span_seq', window)}) WHERE attribute IN ${list}`,
    );
  }

  private async intrinsic(name: Intrinsic, { operator, value }: ValuePredicate): Promise<SpanCondition> {
    switch (name) {
      case 'duration':
        return both(durationCondition('s.duration_ns', operator, value), hasDuration);
      case 'name':
      case 'statusMessage': {
        const ids = await this.stringIds(operator, value);
        const column = name === 'name' ? 's.name' : 's.status_message';
        return ids === undefined ? never : { exact: true, sql: () => `${column} IN (${ids})` };
      }
      case 'status':
        return enumCondition('s.status', statusNames, operator, value);
      case 'kind':
        return enumCondition('s.kind', kindNames, operator, value);
      case 'nestedSetParent':
        return rootTest(operator, value);
      case 'rootName': {
        const ids = await this.stringIds(operator, value);
        const opposite = await this.stringIds(opposites[operator], value);
        const holdsForNone = holds(string(''), { operator, value });
        return rootCondition(
          holdsForNone,
          holdsForNone ? opposite && `name IN (${opposite})` : ids && `name IN (${ids})`,
        );
      }
      case 'rootServiceName': {
        const holdsForNone = holds(string(''), { operator, value });
        const services = this.serviceIds((service) => holds(string(service), { operator, value }) !== holdsForNone);
        return rootCondition(holdsForNone, services.length > 0 ? `resource IN (${services.join(',')})` : undefined);
      }
      case 'trace:id':
        return traceIdCondition(operator, value);
      case 'span:id': {
        const id =
          operator === '=' && value.type === 'string' && /^[0-9a-f]{16}$/.test(value.value)
            ? BigInt(`0x${value.value}`)
            : undefined;
        return id === undefined ? unknown : { exact: true, sql: () => `s.span_id = ${id}::UBIGINT` };
      }
      case 'event:name': {
        const ids = await this.stringIds(operator, value);
        if (ids === undefined) return never;
        return partCondition(
          'event',
          (window) => `SELECT span_seq FROM span_events WHERE ${inWindow('span_seq', window)} AND name IN (${ids})`,
        );
      }
      case 'event:timeSinceStart':
        return { exact: false, sql: () => 's.events > 0' };
      case 'link:traceID':
      case 'link:spanID':
        return { exact: false, sql: () => 's.links > 0' };
      case 'instrumentation:name':
        return this.ids('scope', this.reader.dictionary.scopes(), (scope) =>
          holds(string(scope.name), { operator, value }),
        );
      case 'instrumentation:version':
        return this.ids('scope', this.reader.dictionary.scopes(), (scope) =>
          holds(string(scope.version), { operator, value }),
        );
      default:
        return unknown;
    }
  }

  /** Ids of `strings` as an SQL list; 0, the empty string, is not in the table. */
  private async stringIds(operator: ComparisonOperator, value: Static): Promise<string | undefined> {
    if (value.type !== 'string') return undefined;
    const found = await stringIds(this.reader, operator, value.value, this.options);
    const ids = Array.from(found.ids);
    if (holds(string(''), { operator, value })) ids.push(0);
    return ids.length === 0 ? undefined : ids.join(',');
  }
}

function isField(expression: FieldExpression): expression is Field {
  return expression.type === 'attribute' || expression.type === 'intrinsic';
}

/** The value of an expression that looks at no span, such as `2 * 10ms`. */
function constantOf(expression: FieldExpression): Static | undefined {
  if (expression.type === 'static') return expression.value;
  if (expression.type !== 'binary') return undefined;
  const [left, right] = [constantOf(expression.left), constantOf(expression.right)];
  return left && right ? applyOperator(expression.operator, left, right) : undefined;
}

function truth(value: Static): SpanCondition {
  return value.type === 'boolean' && value.value ? always : never;
}

function holds(actual: Static, predicate: ValuePredicate | undefined): boolean {
  if (!predicate) return actual.type !== 'nil';
  const result = applyOperator(predicate.operator, actual, predicate.value);
  return result.type === 'boolean' && result.value;
}

function flip(operator: ComparisonOperator): ComparisonOperator {
  const flipped: Partial<Record<ComparisonOperator, ComparisonOperator>> = {
    '<': '>',
    '<=': '>=',
    '>': '<',
    '>=': '<=',
  };
  return flipped[operator] ?? operator;
}

const opposites: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '=~': '!~',
  '!~': '=~',
};
