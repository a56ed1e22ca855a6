import { normalTail } from './normal-tail';

/** How often something happened in how many requests. */
export interface Rate {
  readonly count: number;
  readonly of: number;
}

/** `too-few`: it was seen too seldom to be told from chance. */
export type RateVerdict = 'same' | 'different' | 'too-few';

const mostChance = 0.001;
/** Of what comes now and then on one side only: nothing else is tested there, and it has to come in many requests. */
const mostChanceOfRare = 0.005;

/**
 * Whether something happens more or less often a request. Where it is always so many on either side (none among them), any
 * difference is one. Where it is always so many on one side and varies on the other, the requests that deviate must be too many for
 * a path that is seldom taken (Fisher's exact test). Where both vary, the difference must be 20 % and more than chance.
 */
export function compareRates(before: Rate, after: Rate): RateVerdict {
  const [was, is] = [rateOf(before), rateOf(after)];
  if (was === is) return 'same';
  const [wasEven, isEven] = [Number.isInteger(was), Number.isInteger(is)];
  if (wasEven && isEven) return 'different';
  if (wasEven || isEven) {
    const p = wasEven ? chanceOfDeviating(after, before, was) : chanceOfDeviating(before, after, is);
    return p < mostChanceOfRare ? 'different' : 'too-few';
  }
  if (Math.abs(is - was) < 0.2 * Math.max(is, was)) return 'same';
  return chance(before, after) < mostChance ? 'different' : 'same';
}

export function rateOf({ count, of }: Rate): number {
  return of === 0 ? count : count / of;
}

/**
 * One-sided: all requests that deviate from `usual` are on the side of `varying` by chance alone. At most one deviation is counted
 * for each request, so that one request with many does not pass for many.
 */
function chanceOfDeviating(varying: Rate, even: Rate, usual: number): number {
  const deviating = Math.min(varying.of, Math.round(Math.abs(varying.count - usual * varying.of)));
  let p = 1;
  for (let at = 0; at < deviating; at++) p *= (varying.of - at) / (varying.of + even.of - at);
  return p;
}

/** Two-sided, by the normal approximation of the binomial: of all that happened, so many on one side. */
function chance(before: Rate, after: Rate): number {
  const all = before.count + after.count;
  const share = after.of / (before.of + after.of);
  const deviation = Math.sqrt(all * share * (1 - share));
  const z = deviation === 0 ? 0 : (Math.abs(after.count - all * share) - 0.5) / deviation;
  return 2 * normalTail(Math.max(0, z));
}
