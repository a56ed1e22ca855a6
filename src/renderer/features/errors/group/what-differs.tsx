import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ErrorGroup } from '../../../../shared/contract/errors';
import type { Difference, Explanation } from '../../../../shared/contract/explain';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { logqlOfError, traceqlOfError } from '../../../../shared/errors/query-of-error';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { Button } from '../../../ui/controls/button';
import { Spinner } from '../../../ui/marks/spinner';

const mostShown = 8;
const verdicts = {
  differs: null,
  alike: 'Nothing differs beyond chance from spans and lines without it.',
  'too-few': 'Too few to tell a difference from chance.',
} as const satisfies Record<Explanation['verdict'], string | null>;

/** What is more frequent where the error occurred than in the rest of the window, once somebody asks. */
export function WhatDiffers({ group, resolve }: { group: ErrorGroup; resolve: () => TimeWindow }) {
  const [window, setWindow] = useState<TimeWindow | null>(null);
  const traceql = group.toldBySpans > 0 ? traceqlOfError(group) : null;
  const query = traceql ?? logqlOfError(group);
  const found = useQuery({
    queryKey: ['explain.error', query, window],
    enabled: window !== null,
    queryFn: ({ signal }) =>
      client.explain.differences(
        {
          signal: traceql === null ? 'logs' : 'traces',
          selection: { window: window!, query },
          against: { kind: 'rest' },
        },
        { signal },
      ),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (window === null) {
    return (
      <Button size="sm" onClick={() => setWindow(resolve())}>
        What differs where it occurs
      </Button>
    );
  }
  return (
    <section aria-label="What differs" className="rounded-md border border-line text-xs">
      <h3 className="flex items-center gap-2 border-b border-line px-2.5 py-1 font-semibold">
        What differs where it occurs
      </h3>
      <div className="px-2.5 py-1.5">
        {found.error ? (
          <p className="text-bad">{describeError(found.error).message}</p>
        ) : !found.data ? (
          <Spinner label="Comparing with the rest" />
        ) : (
          <>
            {found.data.differences.length === 0 && (
              <p className="text-muted">{verdicts[found.data.verdict] ?? 'No attribute differs beyond chance.'}</p>
            )}
            <ul className="space-y-1">
              {found.data.differences.slice(0, mostShown).map((difference) => (
                <DifferenceRow
                  key={`${difference.place} ${difference.key} ${difference.value}`}
                  difference={difference}
                />
              ))}
            </ul>
            {found.data.leftOut.map((sentence) => (
              <p key={sentence} className="mt-1 text-faint">
                {showPlainText(sentence)}
              </p>
            ))}
          </>
        )}
      </div>
    </section>
  );
}

function DifferenceRow({ difference }: { difference: Difference }) {
  const { key, value, share, expected } = difference;
  const percent = (part: number) => `${Math.round(part * 100)} %`;
  return (
    <li className="flex items-baseline gap-2">
      <span className="min-w-0 flex-1 font-mono wrap-anywhere">
        {showPlainText(key)} <span className="text-muted">=</span>{' '}
        {value === null ? <i>not there</i> : showPlainText(value)}
      </span>
      <span className="shrink-0 tabular">
        <b>{percent(share)}</b> <span className="text-muted">instead of {percent(expected)}</span>
      </span>
    </li>
  );
}
