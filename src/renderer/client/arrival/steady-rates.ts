import type { HostStatus } from '../../../shared/contract/host';

type Ingest = HostStatus['ingest'];
type Rates = Ingest['rates'];

/** SDKs send every few seconds: of one second alone nothing and much would take turns. */
const meanSeconds = 10;

/** The history of what arrives with means of ten seconds in place of single ones; as long, in the same order. */
export function steadyHistory(history: Ingest['history']): Rates[] {
  return history.map((_, at) => {
    // The first ones share the mean of all of them: fewer would begin with a spike that never was.
    const part = history.slice(Math.max(0, at + 1 - meanSeconds), Math.max(at + 1, meanSeconds));
    const mean = (key: keyof Rates) => part.reduce((sum, each) => sum + each[key], 0) / part.length;
    return { spans: mean('spans'), logs: mean('logs'), points: mean('points') };
  });
}

/** Items a second over the last ten; of a backend that is gone, whose history ends otherwise, what it says itself: nothing. */
export function steadyRates({ rates, history }: Pick<Ingest, 'rates' | 'history'>): Rates {
  const last = history.at(-1);
  const isOfNow = last && (['spans', 'logs', 'points'] as const).every((key) => last[key] === rates[key]);
  return (isOfNow && steadyHistory(history.slice(-meanSeconds)).at(-1)) || rates;
}
