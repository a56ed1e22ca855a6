import { Scissors } from 'lucide-react';
import type { Trace } from '../../../../shared/contract/telemetry';
import { formatCount } from '../../../client/format-number';

/** Says that the page has a part of a trace, which, and of how much; nothing where it has the whole. */
export function PartOfTrace({ trace: { spans, total } }: { trace: Trace }) {
  if (total === undefined) return null;
  return (
    <p role="note" className="flex shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-xs">
      <Scissors size={13} className="shrink-0 text-warn" aria-hidden />
      <span>
        {formatCount(spans.length)} of {formatCount(total)} spans are shown: those nearest to the roots, and of the
        deepest level the failed and the longest. Sums, search and export are of these alone.
      </span>
    </p>
  );
}
