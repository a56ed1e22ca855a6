/** PromQL's four types, as Prometheus' documentation calls them. */
export type ValueType = 'scalar' | 'instant vector' | 'range vector' | 'string';

export interface FunctionSignature {
  readonly args: readonly ValueType[];
  /** How many of `args` must be given; the last one may be repeated without end where `repeats`. */
  readonly required: number;
  readonly repeats: boolean;
  readonly returns: 'scalar' | 'instant vector';
}

const TYPE_LETTERS: Readonly<Record<string, ValueType>> = {
  s: 'scalar',
  v: 'instant vector',
  r: 'range vector',
  t: 'string',
};

// name:arguments>result, one letter a type; what follows ? is optional, * repeats the letter before it.
const DECLARATIONS = `
  rate:r>v increase:r>v delta:r>v irate:r>v idelta:r>v deriv:r>v predict_linear:rs>v changes:r>v resets:r>v
  avg_over_time:r>v sum_over_time:r>v min_over_time:r>v max_over_time:r>v count_over_time:r>v first_over_time:r>v last_over_time:r>v
  present_over_time:r>v stddev_over_time:r>v stdvar_over_time:r>v quantile_over_time:sr>v absent_over_time:r>v
  abs:v>v ceil:v>v floor:v>v exp:v>v sqrt:v>v ln:v>v log2:v>v log10:v>v sgn:v>v deg:v>v rad:v>v
  sin:v>v cos:v>v tan:v>v asin:v>v acos:v>v atan:v>v sinh:v>v cosh:v>v tanh:v>v asinh:v>v acosh:v>v atanh:v>v
  round:v?s>v clamp:vss>v clamp_min:vs>v clamp_max:vs>v
  minute:?v>v hour:?v>v day_of_week:?v>v day_of_month:?v>v day_of_year:?v>v days_in_month:?v>v month:?v>v year:?v>v
  timestamp:v>v histogram_quantile:sv>v histogram_fraction:ssv>v histogram_count:v>v histogram_sum:v>v histogram_avg:v>v
  histogram_stddev:v>v histogram_stdvar:v>v label_replace:vtttt>v label_join:vttt*>v
  sort:v>v sort_desc:v>v absent:v>v vector:s>v scalar:v>s time:>s pi:>s`;

export const FUNCTION_SIGNATURES: ReadonlyMap<string, FunctionSignature> = new Map(
  DECLARATIONS.trim()
    .split(/\s+/)
    .map((declaration) => {
      const [, name, required, optional = '', repeat, result] = /^(\w+):(\w*)(?:\?(\w+))?(\*)?>(\w)$/.exec(
        declaration,
      )!;
      const letters = [...required!, ...optional];
      const signature: FunctionSignature = {
        args: letters.map((letter) => TYPE_LETTERS[letter]!),
        required: repeat ? letters.length - 1 : required!.length,
        repeats: repeat !== undefined,
        returns: result === 's' ? 'scalar' : 'instant vector',
      };
      return [name!, signature];
    }),
);

/** Functions that Prometheus knows, and runs only where experimental ones are switched on. */
export const EXPERIMENTAL_FUNCTIONS: ReadonlySet<string> = new Set(
  `histogram_quantiles double_exponential_smoothing mad_over_time ts_of_first_over_time ts_of_last_over_time
  ts_of_max_over_time ts_of_min_over_time sort_by_label sort_by_label_desc info start end range step start_timestamp
  min_of max_of`.split(/\s+/),
);
