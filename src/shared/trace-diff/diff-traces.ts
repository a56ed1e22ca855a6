import type { TraceFacts } from '../shapes/span-facts';
import { makeTracePatch } from './make-trace-patch';
import { placeSpans } from './place-spans';
import { summarizeTracePatch } from './summarize-trace-patch';
import type { ComposedTraceDiff, TraceDiffFormat, TraceDiffSummary, TracePatch } from './trace-diff-shapes';

/** A patch beyond that is left out whole, never cut: what is left would say that nothing else differs. */
const mostPatchBytes = 64 * 1024;

/**
 * What differs between two traces, as Tempo's `POST /api/v2/traces/diff` answers it: every change, a summary, or the summary with
 * the changes where they are 64 KiB or less.
 */
export function diffTraces(
  base: TraceFacts,
  compare: TraceFacts,
  format: TraceDiffFormat = 'trace-patch-v0',
): TracePatch | TraceDiffSummary | ComposedTraceDiff {
  const [before, after] = [placeSpans(base, 'base'), placeSpans(compare, 'compare')];
  const patch = makeTracePatch(before, after);
  if (format === 'trace-patch-v0') return patch;
  const summary = summarizeTracePatch(patch, before, after);
  if (format === 'trace-summary-v0-native') return summary;
  const bytes = new TextEncoder().encode(JSON.stringify(patch)).length;
  const attached = bytes <= mostPatchBytes ? { patch } : { patchOmitted: { bytes, reason: 'over_budget' } as const };
  return { version: 'trace-summary-v0-composed', summary, ...attached };
}
