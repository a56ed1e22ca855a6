import { wordsOffers } from './words-offers';

/** What stands between brackets behind a selector. */
export const rangeOffers = wordsOffers(
  'value',
  `
  1m: The last minute
  5m: The last five minutes
  15m: The last quarter of an hour
  1h: The last hour
  1d: The last day
`,
);
