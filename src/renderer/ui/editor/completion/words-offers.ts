import type { Offer } from './completion-offer';

/** Offers of lines `name: what it does`. */
export function wordsOffers(kind: Offer['kind'], lines: string): Offer[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [, label = '', info = ''] = /^\s*([^:]+):\s*(.*)$/.exec(line) ?? [];
      return { kind, label, ...(info && { info }), ...(kind === 'function' && { insert: `${label}(` }) };
    });
}
