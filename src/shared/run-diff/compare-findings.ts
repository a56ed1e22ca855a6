import { quoted } from '../findings/place-of';
import type { Finding, FindingRule } from '../runs/finding';
import type { RunChange } from '../runs/run-diff';
import type { RunTelemetry } from '../runs/run-summary';

/** Judged by times that differ from run to run: latency tells of them. */
const byTime: ReadonlySet<FindingRule> = new Set(['critical-path', 'slow-start', 'clock-skew']);
/** Also by times, but it is so in many requests or in none: a few may be chance. */
const mostlySeen: ReadonlySet<FindingRule> = new Set(['sequential-fan-out']);
const leastTraces = 3;
const fewTraces = 10;

/** Findings that only one run has, by their fingerprints. Errors that `errors` tells of already are not told again. */
export function compareFindings(before: RunTelemetry, after: RunTelemetry, errors: readonly RunChange[]): RunChange[] {
  const told = new Set(errors.map(({ kind, service }) => `${kind} ${service}`));
  const [known, found] = [index(before), index(after)];
  const isTold = ({ rule, service }: Finding, kind: string) =>
    rule === 'failing-span' && told.has(`${kind} ${service}`);
  const isNew = (finding: Finding) =>
    !known.has(finding.fingerprint) && isSure(finding, after) && !isTold(finding, 'new-errors');
  const isMended = (finding: Finding) =>
    !found.has(finding.fingerprint) && isSure(finding, before) && !isTold(finding, 'fewer-errors');
  return [
    ...after.findings.filter(isNew).map((finding): RunChange => make(finding, 'new-findings')),
    ...before.findings.filter(isMended).map((finding): RunChange => make(finding, 'mended-findings')),
  ];
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
    worse: isNew && (severity === 'problem' || rule === 'handled-error' || rule === 'sequential-fan-out'),
    sentence: `${isNew ? 'New' : 'Mended'}: ${rule}${often}: ${quoted(sentence, 220)}`,
    ...{ service, request: '', subject: fingerprint },
    before: isNew ? null : occurrences,
    after: isNew ? occurrences : null,
    examples: traceId === undefined ? {} : { [isNew ? 'after' : 'before']: traceId },
  };
}
