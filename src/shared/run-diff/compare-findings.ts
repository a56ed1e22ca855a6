import { quoted } from '../findings/place-of';
import type { Finding, FindingRule } from '../runs/finding';
import type { RunChange } from '../runs/run-diff';
import type { RunTelemetry } from '../runs/run-summary';

/** Judged by times that differ from run to run: latency tells of them. */
const byTime: ReadonlySet<FindingRule> = new Set(['critical-path', 'slow-start', 'clock-skew']);
/** Also by times, but it is so in many requests or in none: a few may be chance. */
const mostlySeen: ReadonlySet<FindingRule> = new Set(['sequential-fan-out', 'unawaited-work']);
/** Hints that are worse all the same where they were not there before. */
const costly: ReadonlySet<FindingRule> = new Set([
  'handled-error',
  'sequential-fan-out',
  'unawaited-work',
  'chatty-logs',
]);
const leastTraces = 3;
const fewTraces = 10;

const ofErrors: ReadonlySet<FindingRule> = new Set(['failing-span', 'handled-error']);

/**
 * Findings that only one run has, by their fingerprints. Where one tells why the spans of a change of `errors` failed, that change
 * comes back with its words, in its place.
 */
export function compareFindings(
  before: RunTelemetry,
  after: RunTelemetry,
  errors: readonly RunChange[],
): { errors: RunChange[]; changes: RunChange[] } {
  const found = index(after);
  const come = findNewFindings(before, after);
  const gone = before.findings.filter((finding) => !found.has(finding.fingerprint) && isSure(finding, before));
  const told = new Set<Finding>();
  const worded = errors.map((change) => {
    const reasons = (change.kind === 'new-errors' ? come : gone).filter((finding) => isReason(finding, change));
    const [reason] = reasons;
    if (!reason) return change;
    told.add(reason);
    return { ...change, sentence: `${change.sentence}: ${reason.sentence}` };
  });
  return {
    errors: worded,
    changes: [
      ...come.filter((finding) => !told.has(finding)).map((finding) => make(finding, 'new-findings')),
      ...gone.filter((finding) => !told.has(finding)).map((finding) => make(finding, 'mended-findings')),
    ],
  };
}

/** Those that only the later one has. What times alone decide is never new. */
export function findNewFindings(before: RunTelemetry, after: RunTelemetry): Finding[] {
  const known = index(before);
  return after.findings.filter((finding) => !known.has(finding.fingerprint) && isSure(finding, after));
}

/** A finding of errors names the span that failed first. */
function isReason({ rule, service, sentence }: Finding, change: RunChange): boolean {
  return ofErrors.has(rule) && service === change.service && sentence.startsWith(`${quoted(change.subject)} failed`);
}

function index({ findings }: RunTelemetry): Set<string> {
  return new Set(findings.map(({ fingerprint }) => fingerprint));
}

function isSure({ rule, traces }: Finding, { traces: all }: RunTelemetry): boolean {
  if (byTime.has(rule)) return false;
  return !mostlySeen.has(rule) || traces >= leastTraces || all < fewTraces;
}

function make(finding: Finding, kind: 'new-findings' | 'mended-findings'): RunChange {
  const { rule, service, fingerprint, occurrences, severity, sentence } = finding;
  const isNew = kind === 'new-findings';
  const traceId = finding.evidence[0]?.traceId;
  const often = occurrences > 1 ? ` (${occurrences} times)` : '';
  return {
    kind,
    worse: isNew && (severity === 'problem' || costly.has(rule)),
    sentence: `${isNew ? 'New' : 'Mended'}: ${rule}${often}: ${quoted(sentence, 220)}`,
    ...{ service, request: '', subject: fingerprint },
    before: isNew ? null : occurrences,
    after: isNew ? occurrences : null,
    examples: traceId === undefined ? {} : { [isNew ? 'after' : 'before']: traceId },
  };
}
