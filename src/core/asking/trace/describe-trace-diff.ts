import type { Trace } from '../../../shared/contract/telemetry';
import { counted } from '../../../shared/counted';
import { formatDuration } from '../../../shared/format-duration';
import { groupBy } from '../../../shared/group-by';
import { diffTraces } from '../../../shared/trace-diff/diff-traces';
import type {
  FieldChange,
  SpanChange,
  TraceDiffSummary,
  TracePatch,
} from '../../../shared/trace-diff/trace-diff-shapes';
import type { Told } from '../answer/told';
import type { Asking } from '../answer/tool';
import { textOf } from './describe-trace';

/** What differs between two traces: in sum, by service, then span by span, alike ones as one line. */
export function describeTraceDiff(base: Trace, other: Trace, { host }: Asking): Told {
  const summary = diffTraces(base, other, 'trace-summary-v0-native') as TraceDiffSummary;
  const patch = diffTraces(base, other, 'trace-patch-v0') as TracePatch;
  const { stats, trust, services } = summary;
  const signed = (value: number, unit = '') => `${value > 0 ? '+' : ''}${value}${unit}`;
  const matched = Math.round(trust.matchedSpanRatio * 100);
  return {
    head: [
      `Trace ${host.ids.show(base.traceId)} → ${host.ids.show(other.traceId)}: latency ${summary.base.durationMs} → ${summary.compare.durationMs} ms, spans ${summary.base.spanCount} → ${summary.compare.spanCount}, failed ${summary.base.errorSpanCount} → ${summary.compare.errorSpanCount}; ${matched} % of the spans match.`,
      ...(matched < 50 ? ['Under half match: these may be two kinds of requests.'] : []),
    ],
    lines: [
      ...services.map(({ name, sumSpanDurationDeltaMs, added, removed, newErrors, resolvedErrors }) =>
        [
          `${name}: ${signed(sumSpanDurationDeltaMs, ' ms')} of work`,
          ...(added > 0 ? [`${counted(added, 'span')} added`] : []),
          ...(removed > 0 ? [`${counted(removed, 'span')} removed`] : []),
          ...(newErrors > 0 ? [counted(newErrors, 'new error')] : []),
          ...(resolvedErrors > 0 ? [`${counted(resolvedErrors, 'error')} gone`] : []),
        ].join(', '),
      ),
      ...alike('added', patch.added),
      ...alike('removed', patch.removed),
      ...changed(patch),
      ...(services.length === 0 && stats.addedSpans + stats.removedSpans + stats.modifiedSpans === 0
        ? ['Nothing differs.']
        : []),
    ],
    notes: (summary.warnings ?? []).map(({ message }) => message),
    page: `/traces/${other.traceId}`,
  };
}

function alike(what: string, changes: readonly SpanChange[]): string[] {
  const groups = groupBy(changes, ({ span: { service, name, status } }) => JSON.stringify([service, name, status]));
  return [...groups.values()]
    .sort((a, b) => sum(b) - sum(a))
    .map((group) => {
      const { service, name, status } = group[0]!.span;
      return `${what}: ${service} ${name}${group.length > 1 ? ` ×${group.length}` : ''}, ${formatDuration(sum(group))}${status === 'error' ? ', failed' : ''}`;
    });
}

function sum(changes: readonly SpanChange[]): number {
  return changes.reduce((total, { span }) => total + span.duration_nanos, 0);
}

function changed({ modified }: TracePatch): string[] {
  return modified
    .map(({ span, changes }) => ({
      line: `${span.service} ${span.name}: ${changes.map(describeChange).join(', ')}`,
      weight: changes.reduce((most, change) => Math.max(most, weightOf(change)), 0),
    }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ line }) => line);
}

function weightOf({ target, before, after }: FieldChange): number {
  if (target.type === 'attribute') return 0;
  return target.name === 'status' ? Number.POSITIVE_INFINITY : Math.abs(Number(after) - Number(before));
}

function describeChange({ target, before, after }: FieldChange): string {
  if (target.type === 'field' && target.name === 'duration_nanos')
    return `${formatDuration(Number(before))} → ${formatDuration(Number(after))}`;
  const show = (value: unknown) => (value === undefined || value === null ? '(none)' : textOf(value));
  return `${target.type === 'field' ? target.name : target.key} ${show(before)} → ${show(after)}`;
}
