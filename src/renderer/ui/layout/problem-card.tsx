import { X } from 'lucide-react';
import { type ReactNode, use } from 'react';
import type { Problem } from '../../../shared/problem';
import { classNames } from '../class-names';
import { IconButton } from '../controls/icon-button';
import { Badge } from '../marks/badge';
import { HealthMark } from '../marks/health-mark';
import { CopyButton } from '../text/copy-button';
import { OpenTroubleshooting } from './open-troubleshooting';

interface ProblemCardProps {
  problem: Problem;
  /** The way out as a button, where there is one. */
  action?: ReactNode;
  /** Offered for something that happened and is over. */
  onDismiss?: () => void;
}

/** What happened, what to do, the details folded. */
export function ProblemCard({ problem, action, onDismiss }: ProblemCardProps) {
  const openTroubleshooting = use(OpenTroubleshooting);
  const text = [problem.message, problem.hint, problem.details].filter(Boolean).join('\n');
  return (
    <div
      role="alert"
      className={classNames(
        'flex items-start gap-2.5 rounded-md border px-3 py-2',
        onDismiss ? 'border-dashed border-warn/50 bg-warn-soft' : 'border-bad/40 bg-bad-soft',
      )}
    >
      <span className="mt-1">
        <HealthMark health={onDismiss ? 'warn' : 'bad'} label={onDismiss ? 'Over' : 'Problem'} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium wrap-anywhere text-ink">
          {problem.message}
          {onDismiss && <Badge className="ml-2 align-middle">happened, and is over</Badge>}
        </p>
        {problem.hint && <p className="text-sm wrap-anywhere text-muted">{problem.hint}</p>}
        {problem.details && (
          <details className="mt-1">
            <summary className="cursor-pointer text-xs text-muted">Details</summary>
            <pre className="mt-1 max-h-40 overflow-auto rounded bg-surface p-2 font-mono text-xs whitespace-pre-wrap">
              {problem.details}
            </pre>
          </details>
        )}
        {openTroubleshooting && (
          <button
            type="button"
            className="text-xs text-accent underline-offset-2 hover:underline"
            onClick={() => openTroubleshooting(problem.kind)}
          >
            About this kind of problem
          </button>
        )}
        {action && <div className="mt-2 flex gap-2">{action}</div>}
      </div>
      <CopyButton text={text} what="the problem" />
      {onDismiss && (
        <IconButton label="Dismiss" size="sm" onClick={onDismiss}>
          <X size={14} />
        </IconButton>
      )}
    </div>
  );
}
