import type { SpanTiming } from '../contract/telemetry';

/** In place of the duration of a span whose times are not its own. */
export const timingLabels: Readonly<Record<SpanTiming, string>> = {
  noStart: 'start unknown',
  unfinished: 'not finished',
  noTimes: 'times unknown',
  endsBeforeStart: 'ends before it starts',
  farOff: 'clock far off',
};

/** What that means for where the span stands. */
export const timingExplanations: Readonly<Record<SpanTiming, string>> = {
  noStart: 'It was sent without a start and stands at its end.',
  unfinished: 'It was sent without an end: it still runs, or nobody will tell.',
  noTimes: 'It was sent without times and stands where the trace begins.',
  endsBeforeStart: 'It ends before it starts, so how long it took is not known.',
  farOff: 'A time of it is far from the rest of the trace: in another unit, or by a clock that is wrong.',
};
