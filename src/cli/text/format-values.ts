/** Local time of day with milliseconds of a count of nanoseconds since 1970. */
export function formatClock(timeNs: string): string {
  const date = new Date(Number(BigInt(timeNs) / 1_000_000n));
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Milliseconds of `90s`, `15m`, `2h`, `3d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim());
  return match ? Number(match[1]) * SECONDS[match[2]!]! * 1000 : undefined;
}
