import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatDuration } from '../../../shared/format-duration';
import type { Evidence, Finding } from '../../../shared/runs/finding';
import { showPlainText } from '../../../shared/show-plain-text';
import { formatCount } from '../../client/format-number';
import { formatExactTime } from '../../client/format-time';
import { keepTime } from '../../page/time-window';
import { HealthMark } from '../../ui/marks/health-mark';
import { ServiceDot } from '../../ui/marks/service-dot';
import { RuleLink } from './rule-link';

interface FindingItemProps {
  finding: Finding;
  /** In place of links to the traces: what leads to the evidence where its trace is shown already. */
  evidence?: ReactNode;
}

/** Of the page's list: the key Enter opens its first evidence. */
const listRow = { tabIndex: -1, 'data-list-row': true };

/** One finding: what happened where, what to do, how often, and the traces that show it. */
export function FindingItem({ finding, evidence }: FindingItemProps) {
  const isProblem = finding.severity === 'problem';
  return (
    <li className="flex gap-2.5 px-3 py-2" data-finding={finding.rule} {...(evidence === undefined && listRow)}>
      <span className="mt-1">
        <HealthMark health={isProblem ? 'warn' : 'off'} label={isProblem ? 'Problem' : 'Hint'} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{showPlainText(finding.sentence)}</p>
        <p className="text-muted wrap-anywhere">{showPlainText(finding.advice)}</p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted tabular">
          {finding.isNew && <span className="font-medium text-ink">New since the run before</span>}
          <RuleLink rule={finding.rule} />
          <ServiceDot service={finding.service} className="max-w-48" />
          <span>{describeOccurrences(finding)}</span>
          {evidence ?? finding.evidence.map((each) => <EvidenceLink key={keyOf(each)} evidence={each} />)}
        </p>
      </div>
    </li>
  );
}

/** To the first of the spans that are meant, in its trace. */
function EvidenceLink({ evidence }: { evidence: Evidence }) {
  const { traceId, spanIds, count, startNs, durationNs } = evidence;
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId }}
      search={(before) => ({ ...keepTime(before), span: spanIds[0] })}
      title={`${traceId}, ${formatExactTime(startNs)}`}
      className="font-mono text-accent underline-offset-2 hover:underline"
    >
      {traceId.slice(0, 8)}
      {count > 1 && ` × ${formatCount(count)}`}
      {durationNs > 0 && `, ${formatDuration(durationNs)}`}
    </Link>
  );
}

function keyOf({ traceId, spanIds, startNs }: Evidence): string {
  return `${traceId} ${spanIds[0]} ${startNs}`;
}

function describeOccurrences({ occurrences, traces }: Finding): string {
  const times = occurrences === 1 ? 'once' : `${formatCount(occurrences)} times`;
  if (traces === 0) return times;
  return `${times} in ${formatCount(traces)} ${traces === 1 ? 'trace' : 'traces'}`;
}
