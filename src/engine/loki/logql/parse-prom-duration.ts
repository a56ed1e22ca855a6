const units = [365 * 86_400e9, 7 * 86_400e9, 86_400e9, 3600e9, 60e9, 1e9, 1e6];
const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** A duration as Prometheus writes it: whole numbers, each unit once, from years to milliseconds; in nanoseconds. */
export function parsePromDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const match = pattern.exec(text);
  if (!match || text === '') return undefined;
  const nanos = units.reduce((total, unit, i) => total + Number(match[i + 1] ?? 0) * unit, 0);
  return nanos < 2 ** 63 ? nanos : undefined;
}
