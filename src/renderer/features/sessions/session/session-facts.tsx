import type { ReactNode } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import type { SessionSummary } from '../../../../shared/sessions/session';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { Ago } from '../../../ui/marks/ago';
import { CostText } from '../marks/cost-text';
import { TokensText } from '../marks/tokens-text';

/** Where and when a session was, what it did and used. */
export function SessionFacts({ session }: { session: SessionSummary }) {
  const { repository, folder, startedAt, lastAt, state } = session;
  return (
    <dl className="flex shrink-0 flex-wrap gap-x-6 gap-y-1 border-b border-line bg-raised px-4 py-2 text-sm tabular">
      {repository !== undefined && <Fact name="Repository">{showPlainText(repository)}</Fact>}
      {folder !== undefined && (
        <Fact name="Folder">
          <code className="font-mono text-xs wrap-anywhere">{showPlainText(folder)}</code>
        </Fact>
      )}
      <Fact name="Started">
        <time dateTime={new Date(startedAt).toISOString()}>
          {formatDateTime(startedAt)}, <Ago at={startedAt} />
        </time>
      </Fact>
      {state !== 'active' && <Fact name="Went on for">{formatDuration((lastAt - startedAt) * 1e6)}</Fact>}
      <Fact name="Prompts">{formatCount(session.prompts)}</Fact>
      <Fact name="Model calls">
        {formatCount(session.modelCalls)}
        <Some count={session.errors} what="failed" bad />
        <Some count={session.retries} what="tried again" />
      </Fact>
      <Fact name="Tools">
        {formatCount(session.toolCalls)}
        <Some count={session.failedTools} what="failed" bad />
        <Some count={session.redundantTools} what="asked again for the same" warn />
      </Fact>
      {session.waits > 0 && (
        <Fact name="Waited for the person">
          {formatCount(session.waits)} ×{session.waitedMs > 0 && ` · ${formatDuration(session.waitedMs * 1e6)}`}
        </Fact>
      )}
      {session.subagents > 0 && <Fact name="Subagents">{formatCount(session.subagents)}</Fact>}
      {session.compactions > 0 && <Fact name="Compactions">{formatCount(session.compactions)}</Fact>}
      <Fact name="Tokens">
        <TokensText tokens={session.tokens} />
      </Fact>
      <Fact name="Cost">
        <CostText cost={session.cost} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-baseline gap-2">
      <dt className="shrink-0 text-xs text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

interface SomeProps {
  count: number;
  what: string;
  bad?: boolean;
  warn?: boolean;
}

/** A number that is worth a word where it is not zero. */
function Some({ count, what, bad, warn }: SomeProps) {
  if (count === 0) return null;
  return (
    <span className={bad ? 'text-bad' : warn ? 'text-warn' : 'text-muted'}>
      , {formatCount(count)} {what}
    </span>
  );
}
