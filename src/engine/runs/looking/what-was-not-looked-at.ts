import type { Looking } from './look-at-part';

/** In sentences. */
export function whatWasNotLookedAt({
  seen: { traces, looked, tooLarge },
  mostOfTrace,
}: Pick<Looking, 'seen' | 'mostOfTrace'>): string[] {
  const sentences: string[] = [];
  if (looked < traces)
    sentences.push(
      `Findings and retries were looked for in ${looked} of ${traces} traces: of each kind the first, the slowest and failed ones, then others evenly.`,
    );
  if (tooLarge > 0)
    sentences.push(
      `${tooLarge} ${tooLarge === 1 ? 'trace has' : 'traces have'} more than ${mostOfTrace} spans: findings were not looked for there.`,
    );
  return sentences;
}
