import type { LineFacts } from '../shapes/span-facts';
import type { TraceView } from '../shapes/trace-view';
import { findChattyLogs } from './rules/chatty-logs';
import { findSkewedClocks } from './rules/clock-skew';
import { findCriticalShare } from './rules/critical-path';
import { findDuplicateWork } from './rules/duplicate-work';
import { findFailingSpans } from './rules/failing-span';
import { findHandledErrors } from './rules/handled-error';
import { findLargePayloads } from './rules/large-payload';
import { findMNPlusOneQueries } from './rules/m-n-plus-one-queries';
import { findMissingPropagation } from './rules/missing-propagation';
import { findNPlusOneCalls } from './rules/n-plus-one-calls';
import { findNPlusOneQueries } from './rules/n-plus-one-queries';
import { findRedundantToolCalls } from './rules/redundant-tool-calls';
import { findRetryStorms } from './rules/retry-storm';
import { findSequentialFanOut } from './rules/sequential-fan-out';
import { findUnawaitedWork } from './rules/unawaited-work';
import { findUnclosedSpans } from './rules/unclosed-span';
import type { Sighting, TraceRule } from './sighting';

const rules: readonly TraceRule[] = [
  findNPlusOneQueries,
  findMNPlusOneQueries,
  findNPlusOneCalls,
  findSequentialFanOut,
  findRetryStorms,
  findHandledErrors,
  findFailingSpans,
  findCriticalShare,
  findDuplicateWork,
  findMissingPropagation,
  findUnclosedSpans,
  findUnawaitedWork,
  findChattyLogs,
  findLargePayloads,
  findSkewedClocks,
  findRedundantToolCalls,
];

/** What the rules that look at one trace see in it; `lines` are those of the trace. */
export function sightingsOf(view: TraceView, lines: readonly LineFacts[]): Sighting[] {
  return rules.flatMap((rule) => rule(view, lines));
}
