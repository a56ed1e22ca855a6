import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import type { RedactionPreview as Preview, RedactionRule } from '../../../shared/contract/destinations';
import { showPlainText } from '../../../shared/show-plain-text';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { IconButton } from '../../ui/controls/icon-button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Table, Td, Th } from '../../ui/layout/table';
import { Badge } from '../../ui/marks/badge';
import { ServiceDot } from '../../ui/marks/service-dot';
import { type MarkedPart, markDifference } from './mark-difference';

/** Typing rests this long before the rules are tried. */
const settleMs = 400;

/** What the rules would do to the newest telemetry that is kept. `rules` is null while they are not complete. */
export function RedactionPreview({ rules }: { rules: readonly RedactionRule[] | null }) {
  const settled = useSettled(rules);
  const enabled = settled?.some((rule) => rule.enabled) ?? false;
  const preview = useQuery(
    orpc.destinations.preview.queryOptions({
      input: { rules: [...(settled ?? [])] },
      enabled,
      placeholderData: keepPreviousData,
    }),
  );
  if (!enabled) {
    return (
      <p className="px-3 py-2 text-muted">
        {settled === null
          ? 'The preview waits for the rules to be complete.'
          : 'No rule is in use: what arrives is sent as it is, to the destinations that are switched on. What coding agents were told and said is left out, unless it is switched on below.'}
      </p>
    );
  }
  return (
    <div>
      <div className="flex items-center gap-2 px-3 py-1.5">
        <h3 className="text-xs font-medium text-muted">What would be sent</h3>
        {preview.data && <Counts preview={preview.data} />}
        <span className="flex-1" />
        <IconButton
          size="sm"
          label="Try again on the newest"
          disabled={preview.isFetching}
          onClick={() => void preview.refetch()}
        >
          <RefreshCw size={13} className={preview.isFetching ? 'animate-spin' : ''} />
        </IconButton>
      </div>
      {preview.isError && (
        <div className="px-3 pb-3">
          <ProblemCard problem={describeError(preview.error)} />
        </div>
      )}
      {preview.data && !preview.isError && preview.data.samples.length > 0 && (
        <div className="max-h-96 overflow-y-auto border-t border-line">
          <Table className="table-fixed">
            <thead>
              <tr>
                <Th className="w-40">Service</Th>
                <Th className="w-56">Where</Th>
                <Th>Kept as</Th>
                <Th>Sent as</Th>
              </tr>
            </thead>
            <tbody>
              {preview.data.samples.map((sample, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same value may stand there twice
                <SampleRow key={index} sample={sample} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </div>
  );
}

function Counts({ preview: { changed, inspected } }: { preview: Preview }) {
  const looked = `${formatCount(inspected.spans)} spans and ${formatCount(inspected.logs)} log lines`;
  return (
    <span className="text-xs text-muted tabular" aria-live="polite">
      {inspected.spans + inspected.logs === 0
        ? 'Nothing is kept yet to try them on.'
        : changed === 0
          ? `Nothing changes in the newest ${looked}.`
          : `${changed === 1 ? '1 value changes' : `${formatCount(changed)} values change`} in the newest ${looked}.`}
    </span>
  );
}

/** The status feed draws the page anew twice a second: texts are compared once. */
const SampleRow = memo(function SampleRow({ sample }: { sample: Preview['samples'][number] }) {
  const before = showPlainText(sample.before);
  const after = sample.after === null ? null : showPlainText(sample.after);
  const marked = after === null ? null : markDifference(before, after);
  return (
    <tr className="align-baseline last:[&>td]:border-0">
      <Td>
        <ServiceDot service={sample.service} className="max-w-full" />
      </Td>
      <Td className="font-mono text-xs wrap-anywhere text-muted">{showPlainText(sample.place)}</Td>
      <Td className="font-mono text-xs wrap-anywhere">
        {marked ? <Marked parts={marked.before} look="rounded-sm bg-bad-soft text-bad" /> : before}
      </Td>
      <Td className="font-mono text-xs wrap-anywhere">
        {marked ? <Marked parts={marked.after} look="rounded-sm bg-ok-soft text-ok" /> : <Badge>dropped</Badge>}
      </Td>
    </tr>
  );
});

function Marked({ parts, look }: { parts: readonly MarkedPart[]; look: string }) {
  return parts.map(({ text, changed, offset }) =>
    changed ? (
      <mark key={offset} className={look}>
        {text}
      </mark>
    ) : (
      <span key={offset}>{text}</span>
    ),
  );
}

function useSettled(rules: readonly RedactionRule[] | null): readonly RedactionRule[] | null {
  const [settled, setSettled] = useState(rules);
  const text = JSON.stringify(rules);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text)), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
