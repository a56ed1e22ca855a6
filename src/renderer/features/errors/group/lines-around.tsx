import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ErrorOccurrence } from '../../../../shared/contract/errors';
import type { LogRecord } from '../../../../shared/contract/telemetry';
import { lineText } from '../../../../shared/line-text';
import { showPlainText } from '../../../../shared/show-plain-text';
import { describeError } from '../../../client/describe-error';
import { formatClock } from '../../../client/format-time';
import { useHostStatus } from '../../../client/use-host-status';
import { whyNotAnswered } from '../../../page/why-not-answered';
import { classNames } from '../../../ui/class-names';
import { levelLook } from '../../../ui/marks/level-look';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Spinner } from '../../../ui/marks/spinner';
import { findLinesAround, serviceReachMs } from './find-lines-around';
import { logsOfOccurrence } from './links-of-occurrence';

const mostCharacters = 400;

/** What was logged around an occurrence: the lines of its trace first, then those of its service. */
export function LinesAround({ occurrence }: { occurrence: ErrorOccurrence }) {
  const status = useHostStatus();
  const lacks = status && whyNotAnswered(status, 'logs');
  const found = useQuery({
    queryKey: ['errors.lines-around', occurrence.id, occurrence.timeNs],
    enabled: lacks === null,
    queryFn: ({ signal }) => findLinesAround(occurrence, signal),
    staleTime: 30_000,
    retry: false,
  });
  const { data } = found;
  const parts = [
    { title: 'Of its trace', lines: data?.ofTrace ?? [], place: occurrence },
    {
      title: `Of ${showPlainText(occurrence.service) || 'its service'}, ± ${serviceReachMs / 1000} s`,
      lines: data?.ofService ?? [],
      place: { ...occurrence, traceId: '' },
    },
  ].filter(({ lines }) => lines.length > 0);
  return (
    <section aria-label="Lines around it" className="rounded-md border border-line text-xs">
      <h3 className="border-b border-line px-2.5 py-1 font-semibold">Lines around it</h3>
      {lacks ? (
        <p className="px-2.5 py-1.5 text-muted">{lacks}</p>
      ) : found.error ? (
        <p role="alert" className="px-2.5 py-1.5 wrap-anywhere text-bad">
          {describeError(found.error).message}
        </p>
      ) : !data ? (
        <div className="px-2.5 py-1.5">
          <Spinner label="Looking for lines" />
        </div>
      ) : parts.length === 0 ? (
        <p className="px-2.5 py-1.5 text-muted">
          No line is of its trace, and its service logged nothing within {serviceReachMs / 1000} s.
        </p>
      ) : (
        parts.map(({ title, lines, place }) => (
          <div key={title} className="py-1 not-first-of-type:border-t not-first-of-type:border-line">
            <h4 className="px-2.5 text-2xs font-medium text-muted">{title}</h4>
            <ol>
              {lines.map((line, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, and equal lines are legal
                <li key={at}>
                  <LineLink line={line} place={place} own={isOwn(line, occurrence)} />
                </li>
              ))}
            </ol>
          </div>
        ))
      )}
    </section>
  );
}

interface LineLinkProps {
  line: LogRecord;
  place: ErrorOccurrence;
  /** It is the line that told of the error. */
  own: boolean;
}

function LineLink({ line, place, own }: LineLinkProps) {
  const { level, service, timeNs } = line;
  const text = showPlainText(lineText(line).slice(0, mostCharacters));
  return (
    <Link
      to="/logs"
      search={{ ...logsOfOccurrence(place), line: `t${timeNs}` }}
      aria-current={own || undefined}
      title={text}
      className={classNames('flex min-h-6 items-center gap-2 px-2.5 font-mono hover:bg-hover', own && 'bg-selected')}
    >
      <span className="shrink-0 text-faint tabular">{formatClock(timeNs)}</span>
      <span className={classNames('w-11 shrink-0 text-2xs uppercase', levelLook(level).text)}>
        {level === 'unknown' ? '–' : level}
      </span>
      {service !== place.service && <ServiceDot service={service} className="max-w-24 shrink-0 text-muted" />}
      <span className="min-w-0 flex-1 truncate">{text}</span>
    </Link>
  );
}

function isOwn({ timeNs }: LogRecord, { source, timeNs: at }: ErrorOccurrence): boolean {
  return source === 'log' && timeNs === at;
}
