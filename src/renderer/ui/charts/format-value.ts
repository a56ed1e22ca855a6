import { formatBytes } from '../../../shared/format-bytes';
import { formatDuration } from '../../../shared/format-duration';
import { formatShort } from '../../client/format-number';

/** A sample as its unit is read: `12.4 ms`, `1.5 MiB`, `37 %`, `1.20k/s`. */
export function formatValue(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–';
  if (value === 0) return '0';
  const rate = unit.endsWith('/s');
  const base = rate ? unit.slice(0, -2) : unit;
  return formatBase(value, base) + (rate ? '/s' : '');
}

/** Whether values of a unit are bytes, or bytes in a second. */
export function isOfBytes(unit: string): boolean {
  return ['bytes', 'By'].includes(unit.replace(/\/s$/, ''));
}

function formatBase(value: number, unit: string): string {
  if (unit === 'seconds' || unit === 's') return signed(value, (size) => formatDuration(size * 1e9));
  if (unit === 'milliseconds' || unit === 'ms') return signed(value, (size) => formatDuration(size * 1e6));
  if (isOfBytes(unit)) return signed(value, formatBytes);
  if (unit === 'ratio') return `${Number((value * 100).toFixed(1))} %`;
  return formatShort(value);
}

function signed(value: number, format: (size: number) => string): string {
  return value < 0 ? `−${format(-value)}` : format(value);
}
