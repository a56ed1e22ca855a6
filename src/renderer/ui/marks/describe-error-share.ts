import type { Health } from './health-mark';

/** From which share of failed spans a service is worth a look, and from which it is failing. */
const warnFrom = 0.01;
const badFrom = 0.05;

/** How bad a share of errors (0 to 1) is, and how it is written: never `0 %` while there are some. */
export function describeErrorShare(share: number): { health: Health; text: string } {
  if (share <= 0) return { health: 'off', text: 'none' };
  const percent = share * 100;
  const text = percent < 0.1 ? '< 0.1 %' : `${Number(percent.toFixed(percent < 9.95 ? 1 : 0))} %`;
  return { health: share < warnFrom ? 'off' : share < badFrom ? 'warn' : 'bad', text };
}
