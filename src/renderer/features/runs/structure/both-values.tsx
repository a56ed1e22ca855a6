import { formatDuration } from '../../../../shared/format-duration';
import { formatShort } from '../../../client/format-number';

interface BothValuesProps {
  /** Two runs are shown, not one. */
  compares: boolean;
  before: number | undefined;
  after: number | undefined;
}

export function BothNumbers(values: BothValuesProps) {
  return bothTexts(values, formatShort);
}

/** Nanoseconds. */
export function BothDurations(values: BothValuesProps) {
  return bothTexts(values, formatDuration);
}

/** `12`, `12 → 40`, or `– → 40` where the thing is new; once where both read the same. */
function bothTexts({ compares, before, after }: BothValuesProps, format: (value: number) => string): string {
  const text = (value: number | undefined) => (value === undefined ? '–' : format(value));
  return !compares || text(before) === text(after) ? text(after) : `${text(before)} → ${text(after)}`;
}
