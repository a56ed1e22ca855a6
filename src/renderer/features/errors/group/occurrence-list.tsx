import { Link } from '@tanstack/react-router';
import { Activity, ScrollText } from 'lucide-react';
import type { ErrorOccurrence } from '../../../../shared/contract/errors';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatExactTime } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { Button } from '../../../ui/controls/button';
import { Ago } from '../../../ui/marks/ago';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { logsOfOccurrence } from './links-of-occurrence';

interface OccurrenceListProps {
  occurrences: readonly ErrorOccurrence[];
  /** Id of the one whose stack trace is shown. */
  shown: string | undefined;
  onChoose: (id: string) => void;
  /** Absent: these are all. */
  onMore: (() => void) | undefined;
  loading: boolean;
}

/** Each time the error occurred, the newest first. */
export function OccurrenceList({ occurrences, shown, onChoose, onMore, loading }: OccurrenceListProps) {
  return (
    <section aria-label="Occurrences" className="rounded-md border border-line">
      <h3 className="border-b border-line px-2.5 py-1 text-xs font-semibold">Occurrences</h3>
      <ul className="divide-y divide-line text-xs">
        {occurrences.map((each) => (
          <li
            key={each.id}
            className={classNames('flex items-center gap-2 px-2.5', each.id === shown && 'bg-selected')}
          >
            <button
              type="button"
              aria-current={each.id === shown || undefined}
              className="flex min-w-0 flex-1 items-center gap-2 py-1 text-left hover:underline"
              onClick={() => onChoose(each.id)}
            >
              <span className="w-20 shrink-0 text-muted tabular" title={formatExactTime(each.timeNs)}>
                <Ago at={each.at} />
              </span>
              <ServiceDot service={each.service} className="w-28 shrink-0" />
              <span className="min-w-0 flex-1 truncate">
                {showPlainText(each.message.slice(0, 300)) || showPlainText(each.name)}
              </span>
            </button>
            {each.alsoTold > 0 && (
              <span
                className="shrink-0 text-faint"
                title="Further spans and lines that tell the same error, counted once"
              >
                +{each.alsoTold}
              </span>
            )}
            {each.version !== '' && (
              <span className="max-w-20 shrink-0 truncate text-muted">{showPlainText(each.version)}</span>
            )}
            {each.traceId !== '' && (
              <Link
                to="/traces/$traceId"
                params={{ traceId: each.traceId }}
                search={(before) => ({ ...keepTime({ ...before }), ...(each.spanId !== '' && { span: each.spanId }) })}
                aria-label="Its trace"
                title="Its trace"
                className="shrink-0 p-1 text-muted hover:text-accent"
              >
                <Activity size={13} />
              </Link>
            )}
            <Link
              to="/logs"
              search={logsOfOccurrence(each)}
              aria-label="Logs around it"
              title="Logs around it"
              className="shrink-0 p-1 text-muted hover:text-accent"
            >
              <ScrollText size={13} />
            </Link>
          </li>
        ))}
      </ul>
      {onMore && (
        <div className="border-t border-line px-2.5 py-1.5">
          <Button size="sm" disabled={loading} onClick={onMore}>
            {loading ? 'Loading' : 'Earlier occurrences'}
          </Button>
        </div>
      )}
    </section>
  );
}
