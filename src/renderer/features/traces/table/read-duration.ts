const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9 };

/** Nanoseconds of `100ms`, `1.5 s` or `250` (milliseconds); null for anything else. */
export function readDuration(text: string): number | null {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)\s*(ns|us|µs|ms|s|m)?$/.exec(text.trim());
  return match ? Number(match[1]) * units[match[2] ?? 'ms']! : null;
}
