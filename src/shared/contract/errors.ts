import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';
import { queryErrors, TimeWindow } from './telemetry';

/**
 * What told of an error: a recorded exception; a span that failed without one, known by its status; a log line of error or worse without
 * one, known by its template.
 */
export const ErrorKind = z.enum(['exception', 'status', 'line']);
export type ErrorKind = z.infer<typeof ErrorKind>;

/** `until-seen` and `resolved` end with the next occurrence, which a resolved one then says; `muted` when a person ends it. */
export const Muting = z.enum(['until-seen', 'muted', 'resolved']);
export type Muting = z.infer<typeof Muting>;

const Counted = z.object({ name: z.string(), count: z.number() });

/** An occurrence that can be opened. Ids are empty where it is of no trace, or no span. */
export const ErrorPlace = z.object({
  traceId: z.string(),
  spanId: z.string(),
  service: z.string(),
  /** Unix milliseconds. */
  at: z.number(),
});
export type ErrorPlace = z.infer<typeof ErrorPlace>;

/** Errors that are one: of the same type, template of the message, and innermost frame of one's own code. Times are Unix milliseconds. */
export const ErrorGroup = z.object({
  /** The same for the same error in every window, home and version of Watchtower's data. */
  id: z.string(),
  kind: ErrorKind,
  /** `TypeError`; empty where nothing tells it. */
  type: z.string(),
  /** The message with `<*>` for what varies, at most 300 characters. */
  template: z.string(),
  /** The newest message, at most 500 characters. */
  example: z.string(),
  /** `loadPrice (src/prices.ts)`; empty where no stack trace has a frame of one's own code. Of a status: the span's name. */
  frame: z.string(),
  /** Within the window, an error told several times counted once. */
  count: z.number(),
  /** How many of them a span told, and how many a log line alone. */
  toldBySpans: z.number(),
  toldByLines: z.number(),
  /** Within the window, and in all that is kept. */
  firstSeen: z.number(),
  lastSeen: z.number(),
  firstKept: z.number(),
  lastKept: z.number(),
  /** Occurrences by part of the window, as many as were asked for. */
  buckets: z.array(z.number()),
  services: z.array(Counted),
  /** `service.version` of the resources. */
  versions: z.array(Counted),
  environments: z.array(Counted),
  /** Of those of which it is told; else null. */
  handling: z.enum(['handled', 'unhandled', 'both']).nullable(),
  /** The newest first, at most three. */
  newest: z.array(ErrorPlace),
  /** It did not occur before `newSince`. */
  isNew: z.boolean(),
  muting: z.object({ how: Muting, at: z.number() }).nullable(),
  /** It was resolved, and came again at `lastKept`. */
  cameBack: z.boolean(),
});
export type ErrorGroup = z.infer<typeof ErrorGroup>;

const Runs = z.array(z.string().min(1).max(200)).min(1).max(50);

export const ErrorsInput = z.object({
  /** Without one, the last hour. */
  window: TimeWindow.optional(),
  service: z.string().max(1000).optional(),
  /** An id or the start of one, a name, `last`: its errors alone. */
  run: z.string().min(1).max(200).optional(),
  /** Of several runs, named so. */
  runs: Runs.optional(),
  /** Words of type, message, frame or service. */
  text: z.string().max(1000).optional(),
  onlyNew: z.boolean().default(false),
  /**
   * What an error is new against: what is kept of before the window (`window`), of before the last run began whose name another run had before
   * (`run`), of before a mark of that name, of before Unix milliseconds.
   */
  newSince: z
    .union([z.enum(['window', 'run']), z.object({ mark: z.string().min(1).max(100) }), z.number()])
    .default('window'),
  muted: z.enum(['hide', 'show', 'only']).default('hide'),
  sort: z.enum(['last', 'first', 'count']).default('last'),
  limit: z.number().int().min(1).max(500).default(100),
  /** Parts of the window for `buckets`. */
  buckets: z.number().int().min(1).max(240).default(40),
});
export type ErrorsInput = z.input<typeof ErrorsInput>;

export const ErrorList = z.object({
  window: TimeWindow,
  groups: z.array(ErrorGroup),
  /** That fit, `groups` among them. */
  total: z.number(),
  /** Of all that fit, and new ones among them. */
  occurrences: z.number(),
  newGroups: z.number(),
  /** Muted ones in the window that would fit else. */
  muted: z.number(),
  /** Services with errors in the window, whatever else was asked for. */
  services: z.array(z.string()),
  /** Null: nothing is kept of before, so that nothing can be called new. `words`: "the window began". */
  newSince: z.object({ at: z.number(), words: z.string() }).nullable(),
  /** The backend has no errors of its own: they are made of its newest failed spans and lines. */
  partial: z.boolean(),
  /** Sentences on what was not looked at. */
  leftOut: z.array(z.string()),
});
export type ErrorList = z.infer<typeof ErrorList>;

/** One frame of a stack trace, as it is written. */
export const ErrorOccurrence = ErrorPlace.extend({
  /** Names it: a cursor, and what a list is keyed by. */
  id: z.string(),
  /** Unix nanoseconds as digits. */
  timeNs: z.string(),
  source: z.enum(['span', 'log']),
  /** Of the span; empty for a line. */
  name: z.string(),
  message: z.string(),
  /** Whole; empty where none came. */
  stack: z.string(),
  version: z.string(),
  environment: z.string(),
  handling: z.enum(['handled', 'unhandled']).nullable(),
  /** Further records of the same error: spans up the chain, log lines. */
  alsoTold: z.number(),
});
export type ErrorOccurrence = z.infer<typeof ErrorOccurrence>;

export const ErrorDetail = z.object({
  window: TimeWindow,
  /** Null: it did not occur in the window, nor in what is kept. */
  group: ErrorGroup.nullable(),
  /** The newest first. */
  occurrences: z.array(ErrorOccurrence),
  /** For the next page; null where these are the last. */
  next: z.string().nullable(),
  partial: z.boolean(),
  leftOut: z.array(z.string()),
});
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** `data` says why, and what to do: no such run or mark, or a muting that was not kept. */
const errorErrors = {
  ...queryErrors,
  ERRORS: { status: 409, message: 'That cannot be answered.', data: Problem },
} as const;

export const errors = {
  list: oc.errors(errorErrors).input(ErrorsInput).output(ErrorList),
  /** The same, told anew while it changes, at most every two seconds. A window goes on with the time where `last` says how long it is. */
  feed: oc
    .errors(errorErrors)
    .input(
      ErrorsInput.extend({
        lastMs: z
          .number()
          .int()
          .min(1000)
          .max(366 * 86_400_000)
          .optional(),
      }),
    )
    .output(eventIterator(ErrorList)),
  group: oc
    .errors(errorErrors)
    .input(
      z.object({
        id: z.string().min(1).max(64),
        window: TimeWindow.optional(),
        run: z.string().min(1).max(200).optional(),
        runs: Runs.optional(),
        /** `next` of the page before. */
        after: z.string().max(64).optional(),
        limit: z.number().int().min(1).max(100).default(20),
        buckets: z.number().int().min(1).max(240).default(60),
      }),
    )
    .output(ErrorDetail),
  /** For the strip: what is not muted. */
  count: oc
    .errors(errorErrors)
    .input(z.object({ window: TimeWindow }))
    .output(z.object({ groups: z.number(), occurrences: z.number(), newGroups: z.number() })),
  /** Null ends it. Errors need not occur to be muted. */
  mute: oc
    .errors(errorErrors)
    .input(z.object({ ids: z.array(z.string().min(1).max(64)).min(1).max(500), how: Muting.nullable() }))
    .output(z.object({ muted: z.number() })),
};
