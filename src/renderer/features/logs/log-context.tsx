import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { lineText } from '../../../shared/line-text';
import { everyLogLine } from '../../../shared/requests/every-log-line';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatClock, nanosToMillis } from '../../client/format-time';
import { classNames } from '../../ui/class-names';
import { Tabs } from '../../ui/controls/tabs';
import { ProblemCard } from '../../ui/layout/problem-card';
import type { LogLine } from '../../ui/log-list/log-buffer';
import { levelLook } from '../../ui/marks/level-look';
import { ServiceDot } from '../../ui/marks/service-dot';
import { Spinner } from '../../ui/marks/spinner';
import { LongText } from '../../ui/text/long-text';

const lines = 25;
/** To each side, of all services. */
const aroundMs = 5000;
const mostAround = 500;
/** Longer lines show their beginning until asked for. */
const shownCharacters = 1000;

type Scope = 'stream' | 'all';

/** What was logged before and after, by the same stream or by all services, with the line itself marked. */
export function LogContext({ line }: { line: LogLine }) {
  const [scope, setScope] = useState<Scope>('stream');
  return (
    <>
      <div className="shrink-0 border-b border-line px-3 py-1.5">
        <Tabs
          label="Whose lines"
          look="segment"
          className="w-fit"
          value={scope}
          onChange={setScope}
          tabs={[
            { value: 'stream', label: 'Same stream' },
            { value: 'all', label: `All services ± ${aroundMs / 1000} s` },
          ]}
        />
      </div>
      <ContextLines key={scope} line={line} scope={scope} />
    </>
  );
}

async function findLines({ labels, timeNs }: LogLine, scope: Scope, signal: AbortSignal) {
  if (scope === 'stream') return client.logs.context({ labels, timeNs, lines }, { signal });
  const at = nanosToMillis(timeNs);
  const [before, after] = await Promise.all([
    around({ from: at - aroundMs, to: at }, 'backward', signal),
    around({ from: at, to: at + aroundMs }, 'forward', signal),
  ]);
  return { records: [...before.reverse(), ...after] };
}

async function around(window: TimeWindow, direction: 'forward' | 'backward', signal: AbortSignal) {
  const limit = mostAround / 2;
  return (await client.logs.query({ query: everyLogLine, window, limit, direction }, { signal })).records;
}

function ContextLines({ line, scope }: { line: LogLine; scope: Scope }) {
  const own = useRef<HTMLLIElement>(null);
  const context = useQuery({
    queryKey: ['log-context', scope, line.timeNs, line.labels],
    queryFn: ({ signal }) => findLines(line, scope, signal),
    staleTime: 10_000,
  });
  const records = context.data?.records;
  useEffect(() => {
    if (records) own.current?.scrollIntoView({ block: 'center' });
  }, [records]);
  if (context.isError) {
    return (
      <div className="p-3">
        <ProblemCard problem={describeError(context.error)} />
      </div>
    );
  }
  if (!records) {
    return (
      <div className="p-3">
        <Spinner />
      </div>
    );
  }
  const ownIndex = records.findIndex((record) => record.timeNs === line.timeNs && record.line === line.line);
  return (
    <ol className="min-h-0 flex-1 overflow-y-auto py-2 font-mono text-xs">
      {records.map((record, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, and equal lines are legal
          key={index}
          ref={index === ownIndex ? own : undefined}
          aria-current={index === ownIndex || undefined}
          className={classNames('flex gap-2.5 px-3 py-0.5', index === ownIndex && 'bg-selected')}
        >
          <span className="shrink-0 text-muted">{formatClock(record.timeNs)}</span>
          <span className={classNames('w-16 shrink-0 uppercase', levelLook(record.level).text)}>
            {record.level === 'unknown' ? '–' : record.level}
          </span>
          {scope === 'all' && <ServiceDot service={record.service} className="w-28 shrink-0 text-muted" />}
          <span className="min-w-0 flex-1 wrap-anywhere whitespace-pre-wrap">
            <LongText text={lineText(record)} most={shownCharacters} />
          </span>
        </li>
      ))}
    </ol>
  );
}
