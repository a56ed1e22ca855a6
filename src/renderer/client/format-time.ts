const nanosPerMilli = 1_000_000n;

/** Unix milliseconds of a decimal nanosecond time; the fraction is dropped. */
export function nanosToMillis(nanos: string): number {
  return Number(BigInt(nanos) / nanosPerMilli);
}

/** Unix nanoseconds as decimal digits. */
export function millisToNanos(millis: number): string {
  return String(BigInt(Math.round(millis)) * nanosPerMilli);
}

/** Local time of day with milliseconds: `14:03:07.215`. */
export function formatClock(nanos: string): string {
  const date = new Date(nanosToMillis(nanos));
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Local date and time to the nanosecond: `2026-08-14 14:03:07.215004113`. */
export function formatExactTime(nanos: string): string {
  const fraction = String(BigInt(nanos) % 1_000_000_000n).padStart(9, '0');
  return `${formatDateTime(nanosToMillis(nanos))}.${fraction}`;
}

/** Local date and time of Unix milliseconds: `2026-08-14 14:03:07`. */
export function formatDateTime(millis: number): string {
  const date = new Date(millis);
  return `${formatDate(date)} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function formatDate(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
