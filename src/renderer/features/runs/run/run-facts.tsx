import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Run } from '../../../../shared/runs/run';
import { showCommand } from '../../../../shared/runs/show-command';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatDateTime } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { Ago } from '../../../ui/marks/ago';
import { RevisionText } from '../marks/revision-text';
import { RunCommand } from './run-command';

/** What ran, where, of which revision, and when. */
export function RunFacts({ run }: { run: Run }) {
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 border-b border-line bg-raised px-4 py-2 text-sm">
      <Fact name="Command">
        <RunCommand command={showCommand(run.command)} />
      </Fact>
      <Fact name="Folder">
        <code className="min-w-0 font-mono text-xs wrap-anywhere">{showPlainText(run.folder)}</code>
      </Fact>
      <Fact name="Revision">
        <RevisionText revision={run.revision} />
      </Fact>
      <Fact name="Started">
        <time
          dateTime={new Date(run.startedAt).toISOString()}
          title={formatDateTime(run.startedAt)}
          className="tabular"
        >
          {formatDateTime(run.startedAt)}, <Ago at={run.startedAt} />
        </time>
      </Fact>
      <Fact name="Its span">
        <Link
          to="/traces/$traceId"
          params={{ traceId: run.traceId }}
          search={(before) => ({ ...keepTime(before), span: run.spanId })}
          className="font-mono text-xs text-accent underline-offset-2 hover:underline"
        >
          {run.traceId.slice(0, 8)}
        </Link>
      </Fact>
      {run.parentId !== undefined && (
        <Fact name="Started by run">
          <Link
            to="/runs/$ref"
            params={{ ref: run.parentId }}
            search={keepTime}
            className="font-mono text-xs text-accent underline-offset-2 hover:underline"
          >
            {run.parentId}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <dt className="shrink-0 text-xs text-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">{children}</dd>
    </div>
  );
}
