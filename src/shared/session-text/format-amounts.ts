import { plainLine } from '../run-text/plain-line';
import type { Cost, PriceSource, Tokens } from '../sessions/usage';

/** `850`, `12.4k`, `3.1M`. */
export function formatCount(count: number): string {
  if (count < 1000) return String(Math.round(count));
  if (count < 999_500) return `${shorten(count / 1000)}k`;
  return `${shorten(count / 1e6)}M`;
}

function shorten(value: number): string {
  return String(Number(value.toFixed(value >= 99.5 ? 0 : 1)));
}

/** `in 12k, out 3.1k, cache 400k read 20k written`; what is 0 is left out. */
export function formatTokens({ input, output, cacheRead, cacheCreation }: Tokens): string {
  const cache = [
    ...(cacheRead > 0 ? [`${formatCount(cacheRead)} read`] : []),
    ...(cacheCreation > 0 ? [`${formatCount(cacheCreation)} written`] : []),
  ];
  return `in ${formatCount(input)}, out ${formatCount(output)}${cache.length > 0 ? `, cache ${cache.join(' ')}` : ''}`;
}

/** `$1.25`, `~$0.034` for an estimate, `$1.25 + ~$0.03`; `no cost known` where there is none, with what it does not hold. */
export function formatCost({ reportedUsd, estimatedUsd, unpriced }: Cost): string {
  const known = [
    ...(reportedUsd === null ? [] : [dollars(reportedUsd)]),
    ...(estimatedUsd === null ? [] : [`~${dollars(estimatedUsd)}`]),
  ];
  const models = unpriced.map((model) => (model === '' ? 'a model that is not named' : plainLine(model, 40)));
  const without =
    models.length === 0 ? '' : `without ${models.slice(0, 3).join(', ')}${models.length > 3 ? ', …' : ''}`;
  if (known.length === 0)
    return without === '' ? 'no cost' : `no cost known (${without.replace('without', 'no price of')})`;
  return `${known.join(' + ')}${without && ` (${without})`}`;
}

function dollars(usd: number): string {
  return `$${usd >= 100 ? usd.toFixed(0) : usd >= 0.995 ? usd.toFixed(2) : usd === 0 ? '0' : String(Number(usd.toPrecision(3)))}`;
}

/** What estimates go by, where some are among these costs. */
export function describePrices(prices: PriceSource, costs: readonly Cost[]): string[] {
  if (prices.problem !== undefined) return [`… ${plainLine(prices.problem)}`];
  return costs.some(({ estimatedUsd }) => estimatedUsd !== null)
    ? [`~ estimated by the prices of ${plainLine(prices.asOf, 10)} in ${plainLine(prices.path, 200)}`]
    : [];
}
