import type { Static } from './static-value';

export type AttributeScope = 'span' | 'resource' | 'event' | 'link' | 'instrumentation';

/** Named as Tempo names them without a scope where they have such a name. */
export type Intrinsic =
  | 'duration'
  | 'name'
  | 'status'
  | 'statusMessage'
  | 'kind'
  | 'rootName'
  | 'rootServiceName'
  | 'traceDuration'
  | 'nestedSetLeft'
  | 'nestedSetRight'
  | 'nestedSetParent'
  | 'trace:id'
  | 'span:id'
  | 'span:parentID'
  | 'span:childCount'
  | 'event:name'
  | 'event:timeSinceStart'
  | 'link:traceID'
  | 'link:spanID'
  | 'instrumentation:name'
  | 'instrumentation:version';

/** Without a scope: the span's attribute, else the resource's. */
export interface Attribute {
  readonly type: 'attribute';
  readonly scope?: AttributeScope;
  readonly name: string;
}

interface IntrinsicField {
  readonly type: 'intrinsic';
  readonly name: Intrinsic;
  /** As written in the query: `span:name` and `name` are the same field and different labels. */
  readonly text: string;
}

export type Field = Attribute | IntrinsicField;

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '=~' | '!~';
type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type FieldOperator = ComparisonOperator | ArithmeticOperator | '&&' | '||';

export type FieldExpression =
  | Field
  | { readonly type: 'static'; readonly value: Static }
  | {
      readonly type: 'binary';
      readonly operator: FieldOperator;
      readonly left: FieldExpression;
      readonly right: FieldExpression;
    }
  | { readonly type: 'unary'; readonly operator: '!' | '-' | 'exists' | 'absent'; readonly operand: FieldExpression };

export type SpansetOperator = '&&' | '||' | StructuralOperator;

/** The relation, plain, negated (`!`) or as a union of both sides (`&`). */
export type StructuralOperator = `${'' | '!' | '&'}${StructuralRelation}`;
export type StructuralRelation = '>' | '<' | '>>' | '<<' | '~';

export type Stage =
  | { readonly type: 'filter'; readonly expression: FieldExpression }
  | { readonly type: 'operation'; readonly operator: SpansetOperator; readonly left: Stage; readonly right: Stage }
  | { readonly type: 'pipeline'; readonly stages: readonly Stage[] }
  | {
      readonly type: 'aggregate';
      readonly function: 'count' | 'min' | 'max' | 'avg' | 'sum';
      /** Absent for `count`. */
      readonly expression?: FieldExpression;
      readonly operator: ComparisonOperator;
      readonly value: Static;
    }
  | { readonly type: 'group'; readonly expression: FieldExpression }
  | { readonly type: 'coalesce' }
  | { readonly type: 'select'; readonly fields: readonly Field[] };

export type MetricsFunction =
  | 'rate'
  | 'count_over_time'
  | 'min_over_time'
  | 'max_over_time'
  | 'avg_over_time'
  | 'sum_over_time'
  | 'quantile_over_time'
  | 'histogram_over_time';

export interface MetricsStage {
  readonly function: MetricsFunction;
  /** Absent for `rate` and `count_over_time`. */
  readonly field?: Field;
  /** 0 to 1, for `quantile_over_time`. */
  readonly quantiles: readonly number[];
  readonly by: readonly Field[];
  /** `topk(3)`, `bottomk(3)`, in order. */
  readonly selections: readonly { readonly function: 'topk' | 'bottomk'; readonly count: number }[];
}

export interface Query {
  readonly stages: readonly Stage[];
  readonly metrics?: MetricsStage;
  readonly hints: ReadonlyMap<string, string>;
}
