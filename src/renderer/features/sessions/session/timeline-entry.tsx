import { ChevronRight } from 'lucide-react';
import { formatDuration } from '../../../../shared/format-duration';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatDateTime } from '../../../client/format-time';
import { classNames } from '../../../ui/class-names';
import { Badge } from '../../../ui/marks/badge';
import { CostText } from '../marks/cost-text';
import { TokensText } from '../marks/tokens-text';
import { describeEntry, formatOffset } from './describe-entry';
import { EntryDetails } from './entry-details';
import { entryLooks } from './entry-look';

interface TimelineEntryProps {
  entry: SessionEntry;
  level: 0 | 1 | 2;
  startedAt: number;
  open: boolean;
  onToggle: () => void;
  /** Goes to another entry, by its id. */
  onGoTo: (id: string) => void;
}

const indents = ['pl-0', 'pl-6', 'pl-12'] as const;

/** One thing that happened in a session, on a line that opens. */
export function TimelineEntry({ entry, level, startedAt, open, onToggle, onGoTo }: TimelineEntryProps) {
  const { icon: Icon, name } = entryLooks[entry.kind];
  const failed = entry.kind === 'error' || (entry.kind === 'tool-call' && entry.ok === false);
  const prompt = entry.kind === 'prompt';
  return (
    <div className={classNames(prompt && 'border-t border-line bg-raised')}>
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex min-h-8 w-full items-center gap-2.5 px-4 py-1 text-left hover:bg-hover"
      >
        <time
          className="w-20 shrink-0 text-right font-mono text-xs text-muted tabular"
          dateTime={new Date(entry.at).toISOString()}
          title={formatDateTime(entry.at)}
        >
          {formatOffset(entry.at, startedAt)}
        </time>
        <span className={classNames('flex min-w-0 flex-1 items-center gap-2', indents[level])}>
          <ChevronRight size={12} className={classNames('shrink-0 text-faint', open && 'rotate-90')} aria-hidden />
          <Icon size={14} className={classNames('shrink-0', failed ? 'text-bad' : 'text-muted')} aria-label={name} />
          {entry.kind === 'tool-call' && (
            <span className={classNames('shrink-0 font-mono text-xs font-medium', failed && 'text-bad')}>
              {showPlainText(entry.server === undefined ? entry.tool : `${entry.server}: ${entry.tool}`)}
            </span>
          )}
          <span
            className={classNames(
              'min-w-0 truncate',
              prompt ? 'font-medium' : failed ? 'text-bad' : 'text-muted',
              entry.kind === 'tool-call' && 'font-mono text-xs',
            )}
          >
            {describeEntry(entry)}
          </span>
          <Marks entry={entry} />
        </span>
        {entry.kind === 'model-call' && (
          <span className="flex shrink-0 items-baseline gap-2 text-xs tabular">
            <TokensText tokens={entry.tokens} />
            <span className="w-24 text-right">
              <CostText cost={{ reportedUsd: entry.reportedUsd, estimatedUsd: entry.estimatedUsd, unpriced: [] }} />
            </span>
          </span>
        )}
        <span className="w-16 shrink-0 text-right font-mono text-xs text-muted tabular">
          {entry.durationMs ? formatDuration(entry.durationMs * 1e6) : ''}
        </span>
      </button>
      {open && (
        <div className="border-y border-line bg-surface py-2 pr-4 pl-30">
          <EntryDetails entry={entry} onGoTo={onGoTo} />
        </div>
      )}
    </div>
  );
}

/** What stands out of it. */
function Marks({ entry }: { entry: SessionEntry }) {
  if (entry.kind === 'model-call') {
    return entry.attempt !== undefined && entry.attempt > 1 ? <Badge tone="warn">attempt {entry.attempt}</Badge> : null;
  }
  if (entry.kind !== 'tool-call') return null;
  const { ok, repeats, decision } = entry;
  const refused = decision !== undefined && /reject|deny|denied/i.test(decision.decision);
  return (
    <span className="flex shrink-0 gap-1">
      {ok === false && <Badge tone="bad">failed</Badge>}
      {repeats !== undefined && <Badge tone="warn">same as before</Badge>}
      {refused && <Badge tone="warn">refused</Badge>}
      {decision?.waitedMs !== undefined && decision.waitedMs > 0 && (
        <Badge>waited {formatDuration(decision.waitedMs * 1e6)}</Badge>
      )}
    </span>
  );
}
