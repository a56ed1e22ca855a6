import type { CompletionRequest, Offers } from './completion-offer';
import { logqlFilters, logqlFunctions, logqlModifiers, logqlStages } from './logql-words';
import type { NameSource } from './name-source';
import { rangeOffers } from './range-offers';
import { type QueryPlace, scanQuery, wordShapes } from './scan-query';

const comparisons = new Set(['=', '!=', '=~', '!~', '==', '>', '>=', '<', '<=']);
const groupings = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
/** Stages behind which names of fields stand. */
const aboutFields = new Set(['drop', 'keep', 'unwrap', 'label_format', 'and', 'or']);

/** What LogQL may have at the caret; null where nothing is worth offering. */
export async function completeLogql(request: CompletionRequest, names: NameSource): Promise<Offers | null> {
  const place = scanQuery(request.text, wordShapes.LogQL);
  const { from, typed, quote, before, open } = place;
  const last = before.at(-1);
  const inner = open.at(-1);
  const compared = last?.kind === 'operator' && comparisons.has(last.text) ? before.at(-2) : undefined;
  if (compared?.kind === 'word') {
    const { names: offers, more } = await names.logLabelValues(compared.text, typed, quote, request.signal);
    return { from, offers, more: more ?? false };
  }
  if (quote) return null;
  const wanted = request.explicit || typed !== '';
  if (inner?.bracket === '[') return last?.kind === 'open' ? { from, offers: rangeOffers } : null;
  if (inner?.bracket === '{') {
    if (last?.kind !== 'open' && last?.text !== ',') return null;
    return { from, offers: (await names.logLabels(request.signal)).names };
  }
  if (!wanted) return null;
  if (groupings.has(inner?.owner ?? '') || aboutFields.has(last?.text ?? '')) {
    return { from, offers: await fields(request, place, names) };
  }
  if (last?.text === '|') return { from, offers: [...logqlStages, ...(await fields(request, place, names))] };
  // A line is being read or filtered, or a stage is at its end.
  if (last && last.kind !== 'open' && selectorOf(request.text) !== null && inner?.bracket !== '(') {
    return { from, offers: [...logqlFilters, ...logqlModifiers] };
  }
  return { from, offers: [...logqlFunctions, ...logqlModifiers, ...(last?.text === '}' ? logqlFilters : [])] };
}

async function fields(request: CompletionRequest, _place: QueryPlace, names: NameSource) {
  const selector = selectorOf(request.text);
  const [labels, found] = await Promise.all([
    names.logLabels(request.signal),
    selector === null ? { names: [] } : names.logFields(selector, request.signal),
  ]);
  const known = new Set(labels.names.map(({ label }) => label));
  return [...labels.names, ...found.names.filter(({ label }) => !known.has(label))];
}

/** The last selector that is whole. */
function selectorOf(text: string): string | null {
  const { before } = scanQuery(text, wordShapes.LogQL);
  const end = before.findLast(({ text: each }) => each === '}');
  const start = end && before.findLast((token) => token.text === '{' && token.from < end.from);
  return start && end ? text.slice(start.from, end.from + 1) : null;
}
