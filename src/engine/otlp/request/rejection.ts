/** Why items of one request are not kept, or not kept as they came. */
export interface Rejection {
  /** What is wrong and what to send instead, one sentence. */
  readonly reason: string;
  /** Items; metrics where the metric has none. */
  readonly count: number;
  /** False: a warning, the items are kept. */
  readonly lost: boolean;
  /** The metric that the first of them belongs to; empty for other signals. */
  readonly metric: string;
  /** `service.name` of its resource; empty where it has none. */
  readonly service: string;
}

interface Reason {
  readonly text: string;
  readonly lost: boolean;
}

/** Everything that a receiver refuses an item for, or warns of. The numbers below are places in this list. */
export const REASONS: readonly Reason[] = [
  {
    text: 'trace id must be 16 bytes and span id 8 bytes (in JSON 32 and 16 hex digits, not base64), neither all zero',
    lost: true,
  },
  { text: 'a metric without a name: send one', lost: true },
  { text: 'no aggregationTemporality: send 2 (cumulative) or 1 (delta)', lost: true },
  { text: 'bucket counts do not fit the bounds: send one count more than explicit bounds, or no buckets', lost: true },
  { text: 'explicit bounds are no ascending numbers: sort them, each once', lost: true },
  { text: 'the scale of an exponential histogram is below -10: send one from -10 to 20', lost: true },
  { text: 'an exponential histogram has more than 16,384 buckets: send a smaller scale', lost: true },
  { text: 'an attribute without a key: name it', lost: true },
  { text: 'a delta of NaN or infinity cannot be added up: leave it out', lost: true },
  { text: 'a metric with two kinds of data: send each as a metric of its own', lost: true },
  { text: 'a metric without data is not kept: send a gauge, sum, histogram or summary', lost: false },
  {
    text: 'a point without a value is kept as 0: set asInt or asDouble, or the flag 1 for no recorded value',
    lost: false,
  },
  {
    text: 'an id of a log record, link, parent or exemplar is left out: send 16 bytes for traces and 8 for spans (in JSON 32 and 16 hex digits, not base64)',
    lost: false,
  },
];

export const BAD_SPAN_ID = 0;
export const NO_NAME = 1;
export const NO_TEMPORALITY = 2;
export const BAD_BUCKETS = 3;
export const BAD_BOUNDS = 4;
export const BAD_SCALE = 5;
export const TOO_WIDE = 6;
export const NO_KEY = 7;
export const DELTA_NOT_FINITE = 8;
export const TWO_KINDS = 9;
export const NO_DATA = 10;
export const NO_VALUE = 11;
export const BAD_REFERENCE = 12;

/** Widest exponential histogram; those of SDKs have 160 buckets. */
export const MAX_EXPONENTIAL_BUCKETS = 16_384;
/** Below it a bucket holds every number there is, or none. */
export const MIN_EXPONENTIAL_SCALE = -10;
