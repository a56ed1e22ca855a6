export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

export type Comparison = '==' | '!=' | '>' | '>=' | '<' | '<=';

export type LabelFilter =
  | { readonly kind: 'matcher'; readonly matcher: Matcher }
  | { readonly kind: 'number'; readonly name: string; readonly comparison: Comparison; readonly value: number }
  /** `value` in nanoseconds. */
  | { readonly kind: 'duration'; readonly name: string; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'bytes'; readonly name: string; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'ip'; readonly name: string; readonly negated: boolean; readonly pattern: string }
  | { readonly kind: 'and' | 'or'; readonly left: LabelFilter; readonly right: LabelFilter };

export type LineFilterOperator = '|=' | '!=' | '|~' | '!~' | '|>' | '!>';

/** Passes when any alternative is found; with a negated operator, when none is. */
export interface LineFilter {
  readonly kind: 'line-filter';
  readonly operator: LineFilterOperator;
  readonly alternatives: readonly { readonly text: string; readonly ip: boolean }[];
}

/** `label` is set to what `path` finds in the line. */
export interface Extraction {
  readonly label: string;
  readonly path: string;
}

/** A label by its name, or only where its value matches. */
export type LabelSelector = { readonly name: string; readonly matcher?: Matcher };

export type Stage =
  | LineFilter
  | { readonly kind: 'json'; readonly extractions: readonly Extraction[] }
  | {
      readonly kind: 'logfmt';
      readonly strict: boolean;
      readonly keepEmpty: boolean;
      readonly extractions: readonly Extraction[];
    }
  | { readonly kind: 'regexp' | 'pattern'; readonly text: string }
  | { readonly kind: 'unpack' }
  | { readonly kind: 'decolorize' }
  | { readonly kind: 'label-filter'; readonly filter: LabelFilter }
  | { readonly kind: 'line-format'; readonly template: string }
  | { readonly kind: 'label-format'; readonly formats: readonly LabelFormat[] }
  | { readonly kind: 'drop' | 'keep'; readonly labels: readonly LabelSelector[] };

export type LabelFormat =
  | { readonly label: string; readonly from: string }
  | { readonly label: string; readonly template: string };

export interface Selection {
  readonly kind: 'logs';
  readonly matchers: readonly Matcher[];
  readonly stages: readonly Stage[];
}

export interface Unwrap {
  readonly label: string;
  readonly conversion: 'number' | 'duration' | 'bytes';
  /** Filters behind `unwrap`, which see its conversion errors. */
  readonly filters: readonly LabelFilter[];
}

export interface Grouping {
  readonly without: boolean;
  readonly labels: readonly string[];
}

export type RangeFunction =
  | 'count_over_time'
  | 'rate'
  | 'rate_counter'
  | 'bytes_over_time'
  | 'bytes_rate'
  | 'avg_over_time'
  | 'sum_over_time'
  | 'min_over_time'
  | 'max_over_time'
  | 'stddev_over_time'
  | 'stdvar_over_time'
  | 'quantile_over_time'
  | 'first_over_time'
  | 'last_over_time'
  | 'absent_over_time';

export type VectorFunction =
  | 'sum'
  | 'avg'
  | 'count'
  | 'max'
  | 'min'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'sort'
  | 'sort_desc';

export interface RangeAggregation {
  readonly kind: 'range';
  readonly function: RangeFunction;
  readonly parameter?: number;
  readonly selection: Selection;
  readonly unwrap?: Unwrap;
  /** Nanoseconds. */
  readonly range: bigint;
  /** Nanoseconds, may be negative. */
  readonly offset: bigint;
  readonly grouping?: Grouping;
}

export interface VectorAggregation {
  readonly kind: 'vector';
  readonly function: VectorFunction;
  readonly parameter?: number;
  readonly operand: MetricExpression;
  readonly grouping?: Grouping;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^' | Comparison | 'and' | 'or' | 'unless';

export interface BinaryOperation {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: MetricExpression;
  readonly right: MetricExpression;
  readonly returnBool: boolean;
  readonly matching: { readonly on: boolean; readonly labels: readonly string[] };
  readonly group: 'one-to-one' | 'left' | 'right';
  readonly include: readonly string[];
}

export type MetricExpression =
  | RangeAggregation
  | VectorAggregation
  | BinaryOperation
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'constant-vector'; readonly value: number }
  | {
      readonly kind: 'label-replace';
      readonly operand: MetricExpression;
      readonly target: string;
      readonly replacement: string;
      readonly source: string;
      readonly pattern: string;
    };

export type Expression = Selection | MetricExpression;
