import { Link } from '@tanstack/react-router';
import type { SessionSummary } from '../../../../shared/sessions/session';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { Ago } from '../../../ui/marks/ago';
import { CostText } from '../marks/cost-text';
import { nameSession } from '../marks/name-session';
import { SessionMark } from '../marks/session-mark';
import { TokensText } from '../marks/tokens-text';
import { sessionColumns } from './session-columns';

/** CSS pixels. */
export const sessionRowHeight = 46;

export function SessionRow({ session, selected }: { session: SessionSummary; selected: boolean }) {
  const { id, agentTitle, repository, state, startedAt, lastAt, prompts, toolCalls, failedTools, errors } = session;
  const failures = failedTools + errors;
  const name = nameSession(session);
  const where = repository ?? session.folder?.split(/[\\/]/).at(-1) ?? '';
  return (
    <Link
      to="/sessions/$ref"
      params={{ ref: id }}
      search={keepTime}
      data-session={id}
      aria-current={selected || undefined}
      className={classNames(
        sessionColumns.row,
        'h-[46px] border-b border-line text-sm tabular hover:bg-hover',
        selected && 'bg-selected',
      )}
    >
      <span className={sessionColumns.name}>
        <span className="flex items-center gap-2">
          <SessionMark state={state} />
          <span className="truncate font-medium" title={name}>
            {name}
          </span>
        </span>
        <span className="block truncate pl-5 text-xs text-muted">
          {showPlainText(agentTitle)}
          {session.version && ` ${showPlainText(session.version)}`}
        </span>
      </span>
      <span
        className={classNames(sessionColumns.repository, 'truncate', where === '' && 'text-faint')}
        title={session.folder}
      >
        {where === '' ? '–' : showPlainText(where)}
      </span>
      <time
        className={classNames(sessionColumns.started, 'text-xs text-muted')}
        dateTime={new Date(startedAt).toISOString()}
        title={formatDateTime(startedAt)}
      >
        <Ago at={startedAt} />
      </time>
      <span className={classNames(sessionColumns.last, 'text-xs text-muted')} title={formatDateTime(lastAt)}>
        {state === 'active' ? <span className="font-medium text-accent">at work</span> : <Ago at={lastAt} />}
      </span>
      <Count className={sessionColumns.prompts} value={prompts} />
      <Count className={sessionColumns.tools} value={toolCalls} />
      <span
        className={classNames(sessionColumns.failed, failures > 0 ? 'font-medium text-bad' : 'text-faint')}
        title={`${formatCount(failedTools)} tool calls and ${formatCount(errors)} model calls failed`}
      >
        {formatCount(failures)}
      </span>
      <span className={sessionColumns.tokens}>
        <TokensText tokens={session.tokens} />
      </span>
      <span className={sessionColumns.cost}>
        <CostText cost={session.cost} />
      </span>
    </Link>
  );
}

function Count({ className, value }: { className: string; value: number }) {
  return <span className={classNames(className, value === 0 && 'text-faint')}>{formatCount(value)}</span>;
}
