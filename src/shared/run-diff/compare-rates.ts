import { normalTail } from './normal-tail';

/** How often something happened in how many requests. */
export interface Rate {
  readonly count: number;
  readonly of: number;
}

const mostChance = 0.01;

/**
 * Whether something happens more or less often a request. Where either side is always so many a request (none among them), any
 * difference is one. Where both vary from request to request, the difference must be 20 % and more than chance.
 */
export function ratesDiffer(before: Rate, after: Rate): boolean {
  const [was, is] = [rateOf(before), rateOf(after)];
  if (was === is) return false;
  if (Number.isInteger(was) || Number.isInteger(is)) return true;
  if (Math.abs(is - was) < 0.2 * Math.max(is, was)) return false;
  return chance(before, after) < mostChance;
}

export function rateOf({ count, of }: Rate): number {
  return of === 0 ? count : count / of;
}

/** Two-sided, by the normal approximation of the binomial: of all that happened, so many on one side. */
function chance(before: Rate, after: Rate): number {
  const all = before.count + after.count;
  const share = after.of / (before.of + after.of);
  const deviation = Math.sqrt(all * share * (1 - share));
  const z = deviation === 0 ? 0 : (Math.abs(after.count - all * share) - 0.5) / deviation;
  return 2 * normalTail(Math.max(0, z));
}
