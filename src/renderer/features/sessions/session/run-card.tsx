import { Link } from '@tanstack/react-router';
import { CirclePlay } from 'lucide-react';
import { describeEnd } from '../../../../shared/runs/describe-outcome';
import { showCommand } from '../../../../shared/runs/show-command';
import type { SessionRun } from '../../../../shared/sessions/session';
import { showPlainText } from '../../../../shared/show-plain-text';
import { keepTime } from '../../../page/time-window';
import { RunDuration } from '../../runs/marks/run-duration';
import { RunMark } from '../../runs/marks/run-mark';
import { VerdictBadge } from '../../runs/marks/verdict-badge';

const known: Record<SessionRun['by'], string> = {
  trace: 'by the trace that the agent gave the command',
  session: "by the session's id in its environment",
  time: 'only by its time: another may have started it',
};

/** A run that the session started, with what it changed against the one of its name before it. */
export function RunCard({ told: { run, by, diff } }: { told: SessionRun }) {
  return (
    <article
      aria-label={`Run ${showPlainText(run.name)}`}
      className="min-w-0 rounded-md border border-line px-2.5 py-1.5"
    >
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
        <CirclePlay size={13} className="shrink-0 text-muted" aria-hidden />
        <RunMark run={run} />
        <Link
          to="/runs/$ref"
          params={{ ref: run.id }}
          search={keepTime}
          className="min-w-0 truncate font-medium text-accent underline-offset-2 hover:underline"
        >
          run {showPlainText(run.name)}
        </Link>
        <span className="text-xs text-muted">{describeEnd(run)}</span>
        <span className="font-mono text-xs text-muted tabular">
          <RunDuration run={run} />
        </span>
        {diff && <VerdictBadge verdict={diff.verdict} />}
        {diff && (
          <Link
            to="/runs/compare"
            search={(before) => ({ ...keepTime(before), before: diff.before, after: run.id })}
            className="text-xs text-accent underline-offset-2 hover:underline"
          >
            {diff.changes} {diff.changes === 1 ? 'change' : 'changes'}
            {diff.worse > 0 && `, ${diff.worse} worse`}
          </Link>
        )}
        {by === 'time' && (
          <span className="text-2xs text-faint" title={`It is known to belong here ${known[by]}`}>
            by its time
          </span>
        )}
      </div>
      <code className="block truncate font-mono text-xs text-muted">{showCommand(run.command)}</code>
      {diff && diff.sentences.length > 0 && (
        <ul className="list-disc pl-5 text-xs text-muted">
          {diff.sentences.map((sentence) => (
            <li key={sentence} className="wrap-anywhere">
              {showPlainText(sentence)}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
