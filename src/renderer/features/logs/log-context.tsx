import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { lineText } from '../../../shared/line-text';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatClock } from '../../client/format-time';
import { classNames } from '../../ui/class-names';
import { levelLook } from '../../ui/level-look';
import { LongText } from '../../ui/long-text';
import { ProblemCard } from '../../ui/problem-card';
import { Spinner } from '../../ui/spinner';
import type { LogLine } from './log-buffer';

const lines = 25;
/** Longer lines show their beginning until asked for. */
const shownCharacters = 4000;

/** What the same stream logged before and after, with the line itself marked. */
export function LogContext({ line }: { line: LogLine }) {
  const own = useRef<HTMLLIElement>(null);
  const context = useQuery(
    orpc.logs.context.queryOptions({ input: { labels: line.labels, timeNs: line.timeNs, lines }, staleTime: 10_000 }),
  );
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
          <span className={classNames('w-16 shrink-0 uppercase', levelLook(record.level).text)}>{record.level}</span>
          <span className="min-w-0 flex-1 wrap-anywhere whitespace-pre-wrap">
            <LongText text={lineText(record)} most={shownCharacters} />
          </span>
        </li>
      ))}
    </ol>
  );
}
