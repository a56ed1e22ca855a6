import { Scissors } from 'lucide-react';
import type { Trace } from '../../../shared/contract/telemetry';
import { formatCount } from '../../client/format-number';

interface PartOfTraceProps {
  trace: Trace;
  /** Which of two compared ones it is; absent where the page is of this one alone. */
  side?: 'A' | 'B';
}

/** Says that the page has a part of a trace, which, and of how much; nothing where it has the whole. */
export function PartOfTrace({ trace: { spans, total }, side }: PartOfTraceProps) {
  if (total === undefined) return null;
  const share = `${formatCount(spans.length)} of ${formatCount(total)} spans`;
  return (
    <p role="note" className="flex shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-xs">
      <Scissors size={13} className="shrink-0 text-warn" aria-hidden />
      <span>
        {side ? `Of trace ${side}, ${share} are compared` : `${share} are shown`}: those nearest to the roots, and of
        the deepest level the failed and the longest.{' '}
        {side
          ? 'What is new, gone, more or less often may only be left out on this side.'
          : 'Sums, search and export are of these alone.'}
      </span>
    </p>
  );
}
