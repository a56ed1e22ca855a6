import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import { rankFindings } from '../../../../shared/run-text/describe-findings';
import type { Evidence } from '../../../../shared/runs/finding';
import { formatCount } from '../../../client/format-number';
import { HealthMark } from '../../../ui/marks/health-mark';
import { FindingItem } from '../../findings/finding-item';
import { nameRule } from '../../findings/name-rule';
import type { TraceFindings } from './use-trace-findings';

interface TraceFindingsBarProps {
  found: TraceFindings;
  /** Marks the spans of the finding in the waterfall, and goes to the first of them. */
  onShow: (evidence: Evidence) => void;
}

/** What rules found in the trace, in one line that opens; nothing where they found nothing. */
export function TraceFindingsBar({ found, onShow }: TraceFindingsBarProps) {
  const [open, setOpen] = useState(false);
  const findings = rankFindings(found.findings);
  if (findings.length === 0) return null;
  const rules = [...new Set(findings.map(({ rule }) => nameRule(rule)))];
  const problems = findings.some(({ severity }) => severity === 'problem');
  return (
    <section aria-label="Findings" className="shrink-0 border-b border-line bg-surface text-sm">
      <h2>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full items-center gap-2 px-4 py-1.5 text-left hover:bg-hover"
        >
          {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
          <HealthMark health={problems ? 'warn' : 'off'} />
          <span className="shrink-0 font-medium tabular">
            {formatCount(findings.length)} {findings.length === 1 ? 'finding' : 'findings'}
          </span>
          <span className="min-w-0 truncate text-muted">{rules.join(', ')}</span>
        </button>
      </h2>
      {open && (
        <ul className="max-h-[40vh] divide-y divide-line overflow-y-auto border-t border-line" aria-label="Findings">
          {findings.map((finding) => (
            <FindingItem
              key={finding.fingerprint}
              finding={finding}
              evidence={finding.evidence.map((each) => (
                <button
                  key={`${each.startNs} ${each.spanIds[0]}`}
                  type="button"
                  aria-pressed={each.spanIds.length > 0 && each.spanIds.every((id) => found.shown.has(id))}
                  onClick={() => onShow(each)}
                  className="rounded px-1 text-accent hover:bg-hover aria-pressed:bg-selected"
                >
                  {describeEvidence(each)}
                </button>
              ))}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Of many spans at most ten are named. */
function describeEvidence({ spanIds, count, durationNs }: Evidence): string {
  const spans = `${formatCount(spanIds.length)} ${spanIds.length === 1 ? 'span' : 'spans'}`;
  const of = count > spanIds.length ? ` of ${formatCount(count)}` : '';
  return `Show ${spans}${of}${durationNs > 0 ? `, ${formatDuration(durationNs)}` : ''}`;
}
