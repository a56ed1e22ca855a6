import { Clock } from 'lucide-react';
import { describeClockSkew } from '../../../../shared/trace/describe-clock-skew';
import type { ClockSkew } from '../../../../shared/trace/find-clock-skew';
import { Button } from '../../../ui/controls/button';

const mostShown = 3;

interface ClockSkewNoticeProps {
  skews: readonly ClockSkew[];
  /** Times are shown as if all clocks agreed. */
  corrected: boolean;
  onCorrect: (corrected: boolean) => void;
}

/** Says which clocks of the trace do not agree, and moves times so that they do where that is wished; nothing where all do. */
export function ClockSkewNotice({ skews, corrected, onCorrect }: ClockSkewNoticeProps) {
  if (skews.length === 0) return null;
  return (
    <p
      role="note"
      className="flex shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-xs"
      title={skews.map(describeClockSkew).join('\n')}
    >
      <Clock size={13} className="shrink-0 text-warn" aria-hidden />
      <span className="min-w-0">
        {skews.slice(0, mostShown).map(describeClockSkew).join(' · ')}
        {skews.length > mostShown && ` · ${skews.length - mostShown} more`}.{' '}
        {corrected
          ? 'Times are moved so that calls lie within their callers: an estimate, not what was sent.'
          : 'Times are shown as they were sent.'}
      </span>
      <Button size="sm" className="ml-auto" aria-pressed={corrected} onClick={() => onCorrect(!corrected)}>
        {corrected ? 'Show times as sent' : 'Correct the clocks'}
      </Button>
    </p>
  );
}
