import type { CompletionRequest, Offers } from './completion-offer';
import type { NameSource } from './name-source';
import { promqlAggregations, promqlFunctions, promqlModifiers } from './promql-words';
import { rangeOffers } from './range-offers';
import { type QueryPlace, scanQuery, wordShapes } from './scan-query';

const matches = new Set(['=', '!=', '=~', '!~']);
const groupings = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const words = new Set([...promqlFunctions, ...promqlAggregations, ...promqlModifiers].map(({ label }) => label));

/** What PromQL may have at the caret; null where nothing is worth offering. */
export async function completePromql(request: CompletionRequest, names: NameSource): Promise<Offers | null> {
  const place = scanQuery(request.text, wordShapes.PromQL, '"\'`');
  const { from, typed, quote, before, open } = place;
  const { signal } = request;
  const last = before.at(-1);
  const inner = open.at(-1);
  if (inner?.bracket === '{') {
    const label = last?.kind === 'operator' && matches.has(last.text) ? before.at(-2) : undefined;
    if (label?.kind === 'word') {
      const { names: offers, more } = await names.metricLabelValues(inner.owner, label.text, typed, quote, signal);
      return { from, offers, more: more ?? false };
    }
    if (quote || (last?.kind !== 'open' && last?.text !== ',')) return null;
    return { from, offers: (await names.metricLabels(inner.owner, signal)).names };
  }
  if (quote) return null;
  if (inner?.bracket === '[') return last?.kind === 'open' ? { from, offers: rangeOffers } : null;
  if (inner && groupings.has(inner.owner)) {
    if (last?.kind !== 'open' && last?.text !== ',') return null;
    return { from, offers: (await names.metricLabels(metricOf(place, request.text), signal)).names };
  }
  if (!request.explicit && typed === '') return null;
  if (last?.kind === 'close' || last?.kind === 'number') return { from, offers: promqlModifiers };
  const { names: metrics, more } = await names.metricNames(signal);
  const isOperand = last === undefined || last.kind === 'open' || last.kind === 'operator';
  const modifiers = isOperand ? [] : promqlModifiers;
  return { from, offers: [...modifiers, ...metrics, ...promqlFunctions, ...promqlAggregations], more: more ?? false };
}

/** The first metric that the query names: its labels are those by which it is grouped. Empty where none is named yet. */
function metricOf({ before }: QueryPlace, text: string): string {
  const named = before.find(
    ({ kind, text: word, from }) => kind === 'word' && !words.has(word) && text[from + word.length] !== '(',
  );
  return named?.text ?? '';
}
