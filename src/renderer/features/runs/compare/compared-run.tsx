import { Link } from '@tanstack/react-router';
import type { RunIdentity } from '../../../../shared/runs/run';
import { showCommand } from '../../../../shared/runs/show-command';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatDateTime } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { RevisionText } from '../marks/revision-text';

/** One of two runs that are compared, and the way to it. */
export function ComparedRun({ side, run }: { side: 'Before' | 'After'; run: RunIdentity }) {
  return (
    <Link
      to="/runs/$ref"
      params={{ ref: run.id }}
      search={keepTime}
      title={showCommand(run.command)}
      className="flex min-w-0 items-center gap-2 rounded-md border border-line px-2 py-0.5 hover:bg-hover"
    >
      <span className="sr-only">{side}: </span>
      <span className="truncate font-medium">{showPlainText(run.name)}</span>
      <span className="shrink-0 font-mono text-xs text-muted">{run.id}</span>
      <span className="hidden shrink-0 text-xs text-muted tabular min-[1100px]:inline">
        {formatDateTime(run.startedAt)}
      </span>
      <span className="hidden min-w-0 text-xs min-[1560px]:block">
        <RevisionText revision={run.revision} />
      </span>
    </Link>
  );
}
