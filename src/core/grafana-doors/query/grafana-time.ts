const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

const relative = /^now(?:([+-])(\d{1,9})([smhdwMy]))?(?:\/([smhdwMy]))?$/;

/**
 * A time as Grafana's clients write it: Unix milliseconds, `now`, `now-5m`, `now-1d/d`, or ISO 8601. In UTC; the end of a rounded one
 * where it ends a range. Null for none of these.
 */
export function readGrafanaTime(text: string, now: number, isEnd: boolean): number | null {
  const given = text.trim();
  if (/^-?\d{1,16}$/.test(given)) return Number(given);
  const found = relative.exec(given);
  if (found) {
    const [, sign, count, unit, rounding] = found;
    const moved = sign && count && unit ? move(now, sign === '-' ? -Number(count) : Number(count), unit) : now;
    return rounding ? round(moved, rounding, isEnd) : moved;
  }
  const parsed = /^\d{4}-\d{2}-\d{2}/.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

/** Months and years are of the calendar. */
function move(at: number, count: number, unit: string): number {
  const fixed = units[unit];
  if (fixed !== undefined) return at + count * fixed;
  const date = new Date(at);
  if (unit === 'M') date.setUTCMonth(date.getUTCMonth() + count);
  else date.setUTCFullYear(date.getUTCFullYear() + count);
  return date.getTime();
}

function round(at: number, unit: string, isEnd: boolean): number {
  const date = new Date(at);
  if (unit === 'y') date.setUTCMonth(0, 1);
  if (unit === 'M') date.setUTCDate(1);
  // Weeks begin on Sunday, as in Grafana.
  if (unit === 'w') date.setUTCDate(date.getUTCDate() - date.getUTCDay());
  const start = 'wMy'.includes(unit) ? date.setUTCHours(0, 0, 0, 0) : Math.floor(at / units[unit]!) * units[unit]!;
  return isEnd ? move(start, 1, unit) - 1 : start;
}
