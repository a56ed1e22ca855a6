import { Link } from '@tanstack/react-router';
import { Activity, BellOff, Check, ScrollText } from 'lucide-react';
import type { ErrorGroup, ErrorOccurrence } from '../../../../shared/contract/errors';
import { describeError } from '../../../../shared/errors/describe-error';
import { logqlOfError, traceqlOfError } from '../../../../shared/errors/query-of-error';
import { lokiQueryRange } from '../../../../shared/requests/loki-query-range';
import { tempoSearch } from '../../../../shared/requests/tempo-search';
import { windowNanos } from '../../../../shared/requests/window-nanos';
import { curlCommand } from '../../../client/curl-command';
import { useHostStatus } from '../../../client/use-host-status';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { Button } from '../../../ui/controls/button';
import { CopyButton } from '../../../ui/text/copy-button';
import type { Mute } from '../use-muting';
import { logsOfOccurrence } from './links-of-occurrence';

interface GroupActsProps {
  group: ErrorGroup;
  occurrences: readonly ErrorOccurrence[];
  /** Whose trace and logs are opened. */
  shown: ErrorOccurrence | undefined;
  mute: Mute;
}

const copied = 100;

/** What can be done about an error: open its trace and its logs, mute it, take it elsewhere. */
export function GroupActs({ group, occurrences, shown, mute }: GroupActsProps) {
  const time = useTimeRange();
  const host = useHostStatus();
  const [place] = shown && shown.traceId !== '' ? [shown] : group.newest.filter(({ traceId }) => traceId !== '');
  const traceql = traceqlOfError(group);
  const isLine = traceql === null || group.toldBySpans === 0;
  const curl = () => {
    const { path, parameters } = isLine
      ? lokiQueryRange(logqlOfError(group), windowNanos(time.resolve()), copied, 'backward')
      : tempoSearch(traceql, time.resolve(), copied);
    return curlCommand((isLine ? host?.endpoints.loki : host?.endpoints.tempo) ?? '', path, parameters);
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {place && (
        <Button
          size="sm"
          tone="primary"
          render={
            <Link
              to="/traces/$traceId"
              params={{ traceId: place.traceId }}
              search={(before) => ({ ...keepTime({ ...before }), ...(place.spanId !== '' && { span: place.spanId }) })}
            />
          }
        >
          <Activity size={13} aria-hidden />{' '}
          {shown && shown !== occurrences[0] ? 'Open this trace' : 'Open the newest trace'}
        </Button>
      )}
      {shown && (
        <Button size="sm" render={<Link to="/logs" search={logsOfOccurrence(shown)} />}>
          <ScrollText size={13} aria-hidden /> Its logs
        </Button>
      )}
      {group.muting ? (
        <Button size="sm" onClick={() => mute(group.id, null)}>
          Show again
        </Button>
      ) : (
        <>
          <Button size="sm" title="Muted until it is seen again (m)" onClick={() => mute(group.id, 'until-seen')}>
            <BellOff size={13} aria-hidden /> Mute until seen
          </Button>
          <Button size="sm" title="Until you show it again" onClick={() => mute(group.id, 'muted')}>
            Mute
          </Button>
          <Button
            size="sm"
            title="It comes back, marked, if it is seen again"
            onClick={() => mute(group.id, 'resolved')}
          >
            <Check size={13} aria-hidden /> Resolve
          </Button>
        </>
      )}
      <span className="ml-auto flex gap-1.5">
        <CopyButton text={curl} what={isLine ? 'its lines as curl' : 'its spans as curl'} label="curl" />
        <CopyButton
          text={() => describeError(group, occurrences, Date.now())}
          what="this error for an agent"
          label="For an agent"
        />
      </span>
    </div>
  );
}
