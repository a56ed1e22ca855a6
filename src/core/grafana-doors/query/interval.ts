const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Up to the first number the second is taken: the steps that a chart is drawn in. */
const steps: readonly [upTo: number, step: number][] = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1.5 * second, second],
  [3.5 * second, 2 * second],
  [7.5 * second, 5 * second],
  [12.5 * second, 10 * second],
  [17.5 * second, 15 * second],
  [25 * second, 20 * second],
  [45 * second, 30 * second],
  [1.5 * minute, minute],
  [3.5 * minute, 2 * minute],
  [7.5 * minute, 5 * minute],
  [12.5 * minute, 10 * minute],
  [17.5 * minute, 15 * minute],
  [25 * minute, 20 * minute],
  [45 * minute, 30 * minute],
  [1.5 * hour, hour],
  [2.5 * hour, 2 * hour],
  [4.5 * hour, 3 * hour],
  [9 * hour, 6 * hour],
  [day, 12 * hour],
  [7 * day, day],
  [21 * day, 7 * day],
];

const unitOf: Readonly<Record<string, number>> = {
  ms: 1,
  s: second,
  m: minute,
  h: hour,
  d: day,
  w: 7 * day,
  M: 30 * day,
  y: 365 * day,
};

/** The step nearest to an interval, both in milliseconds, as Grafana rounds. */
export function roundInterval(interval: number): number {
  const step = steps.find(([upTo]) => interval <= upTo)?.[1];
  return step ?? (interval < 730 * day ? 30 * day : 365 * day);
}

/** `15s`, `1m`, `>30s`, `1h30m`, or seconds without a unit, in milliseconds. Null for none of these. */
export function readInterval(text: string): number | null {
  const given = text.replace(/[<>]/g, '').trim();
  if (/^\d+$/.test(given)) return Number(given) * second;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhdwMy]))+$/.test(given)) return null;
  return [...given.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwMy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * unitOf[unit!]!,
    0,
  );
}

/** The greatest whole unit: `1m`, `90s` as `1m`; as Grafana writes `$__interval`. */
export function formatInterval(interval: number): string {
  const whole = (['y', 'd', 'h', 'm', 's'] as const).find((unit) => interval >= unitOf[unit]!);
  return whole ? `${Math.floor(interval / unitOf[whole]!)}${whole}` : `${Math.max(1, Math.floor(interval))}ms`;
}
