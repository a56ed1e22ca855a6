import { Link } from '@tanstack/react-router';
import type { ImportedFile } from '../../../shared/contract/imports';
import { showPlainText } from '../../../shared/show-plain-text';
import { formatCount } from '../../client/format-number';
import { keepTime } from '../../page/time-window';
import { ProblemCard } from '../../ui/layout/problem-card';
import type { FileOutcome } from './send-file';

const shownTraces = 5;

/** What came of one file: what was taken, what was not and why, and its traces. */
export function FileReport({ outcome, onLeave }: { outcome: FileOutcome; onLeave: () => void }) {
  if ('problem' in outcome) return <ProblemCard problem={outcome.problem} />;
  const { imported } = outcome;
  const { rejected, why, traceIds, traceCount, problem } = imported;
  const shown = traceIds.slice(0, shownTraces);
  return (
    <div className="grid gap-1.5 text-sm">
      <p role="status">{describeTaken(imported)}</p>
      {rejected > 0 && (
        <p className="wrap-anywhere text-warn">
          {formatCount(rejected)} refused{why && `: ${showPlainText(why)}`}
        </p>
      )}
      {shown.length > 0 && (
        <ul aria-label="Its traces" className="grid gap-0.5">
          {shown.map((traceId) => (
            <li key={traceId}>
              <Link
                to="/traces/$traceId"
                params={{ traceId }}
                search={keepTime}
                onClick={onLeave}
                className="text-accent hover:underline"
              >
                {traceCount === 1 ? 'Open the trace' : 'Trace'} <span className="font-mono text-xs">{traceId}</span>
              </Link>
            </li>
          ))}
          {traceCount > shown.length && (
            <li className="text-muted">and {formatCount(traceCount - shown.length)} more</li>
          )}
        </ul>
      )}
      {problem && <ProblemCard problem={problem} />}
    </div>
  );
}

function describeTaken({ spans, lines, points }: ImportedFile): string {
  const parts = [
    [spans, 'span'],
    [lines, 'log line'],
    [points, 'metric point'],
  ] as const;
  const taken = parts.flatMap(([count, what]) =>
    count > 0 ? `${formatCount(count)} ${what}${count === 1 ? '' : 's'}` : [],
  );
  return taken.length === 0 ? 'Nothing was imported.' : `Imported ${taken.join(', ')}.`;
}
