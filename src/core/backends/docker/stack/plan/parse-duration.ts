const milliseconds: Record<string, number> = { us: 0.001, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `1m30s`, `500ms`, as Compose writes durations; null where it is none. */
export function parseDuration(text: string): number | null {
  if (!/^(\d+(?:\.\d+)?(us|ms|s|m|h|d))+$/.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h|d)/g)) {
    total += Number(amount) * milliseconds[unit!]!;
  }
  return total;
}
