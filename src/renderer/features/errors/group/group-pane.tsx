import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { ErrorGroup } from '../../../../shared/contract/errors';
import { nameError } from '../../../../shared/errors/describe-errors';
import { showPlainText } from '../../../../shared/show-plain-text';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { useTimeRange } from '../../../page/use-time-range';
import { IconButton } from '../../../ui/controls/icon-button';
import { LeftOut } from '../../../ui/layout/left-out';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { TemplateText } from '../../../ui/text/template-text';
import { ErrorBadges } from '../error-badges';
import type { Mute } from '../use-muting';
import { GroupActs } from './group-acts';
import { GroupFacts } from './group-facts';
import { LinesAround } from './lines-around';
import { OccurrenceBars } from './occurrence-bars';
import { OccurrenceList } from './occurrence-list';
import { StackTrace } from './stack-trace';
import { WhatDiffers } from './what-differs';

const everyMs = 5000;
const pageSize = 20;
const buckets = 60;

interface GroupPaneProps {
  id: string;
  /** As the list has it, until this pane's own answer has come. */
  listed: ErrorGroup | undefined;
  run: string | undefined;
  mute: Mute;
  onClose: () => void;
}

/** One error: what it is, how often, where in the code, and each time it occurred. */
export function GroupPane({ id, listed, run, mute, onClose }: GroupPaneProps) {
  const time = useTimeRange();
  const refetchInterval = useArrivalInterval(everyMs, everyMs);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useInfiniteQuery({
    queryKey: ['errors.group', id, time.key, run ?? ''],
    queryFn: ({ signal, pageParam }) =>
      client.errors.group(
        {
          ...{ id, window: time.resolve(), limit: pageSize, buckets },
          ...(run !== undefined && { run }),
          ...(pageParam !== '' && { after: pageParam }),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // Further pages hold still: what came meanwhile would move them.
    refetchInterval: (query) =>
      'since' in time.range && (query.state.data?.pages.length ?? 0) <= 1 ? refetchInterval(query) : false,
    retry: false,
  });
  const pages = found.data?.pages ?? [];
  const told = pages[0]?.group;
  // What new means, the list was asked.
  const group = told && listed ? { ...told, isNew: listed.isNew } : (told ?? listed);
  const occurrences = pages.flatMap((page) => page.occurrences);
  const shown = occurrences.find((each) => each.id === chosen) ?? occurrences[0];
  const isGone = pages.length > 0 && pages[0]!.group === null;
  return (
    <section aria-label="Error" className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex items-start gap-2 border-b border-line px-3 py-2">
        <h2 className="min-w-0 flex-1 self-center text-sm font-semibold wrap-anywhere">
          {group ? <TemplateText template={nameError(group)} /> : 'Error'}{' '}
          {group && (
            <span className="inline-flex gap-1 align-middle">
              <ErrorBadges group={group} />
            </span>
          )}
          {group?.kind === 'exception' && group.frame !== '' && (
            <span className="block font-mono text-xs font-normal text-muted">{showPlainText(group.frame)}</span>
          )}
        </h2>
        <IconButton label="Close the error" onClick={onClose}>
          <X size={15} />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto p-3">
        {found.error && <ProblemCard problem={describeError(found.error)} />}
        {isGone && (
          <p className="text-sm text-muted">
            This error did not occur in this window, and is not in what is kept. A longer window may have it.
          </p>
        )}
        {group && !isGone && (
          <>
            <GroupActs group={group} occurrences={occurrences} shown={shown} mute={mute} />
            <OccurrenceBars buckets={group.buckets} window={pages[0]?.window ?? time.resolve()} />
            <GroupFacts group={group} />
          </>
        )}
        {!found.data && !found.error && <Spinner label="Reading its occurrences" />}
        {shown && <StackTrace occurrence={shown} type={group?.type ?? ''} />}
        {shown && <LinesAround occurrence={shown} />}
        {group && !isGone && <WhatDiffers key={id} group={group} resolve={time.resolve} />}
        {occurrences.length > 0 && (
          <OccurrenceList
            occurrences={occurrences}
            shown={shown?.id}
            onChoose={setChosen}
            onMore={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
            loading={found.isFetchingNextPage}
          />
        )}
        <LeftOut sentences={pages[0]?.leftOut ?? []} />
      </div>
    </section>
  );
}
