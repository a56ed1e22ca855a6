import { formatDuration } from '../format-duration';
import { showPlainText } from '../show-plain-text';
import type { ClockSkew } from './find-clock-skew';

export function describeClockSkew({ ahead, behind, by }: ClockSkew): string {
  return `The clock of ${showPlainText(ahead)} is about ${formatDuration(by)} ahead of that of ${showPlainText(behind)}`;
}
