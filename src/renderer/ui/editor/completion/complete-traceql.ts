import type { CompletionRequest, Offer, Offers } from './completion-offer';
import type { NameSource } from './name-source';
import { type QueryPlace, scanQuery, wordShapes } from './scan-query';
import {
  traceqlAfterMetrics,
  traceqlComparisons,
  traceqlHints,
  traceqlIntrinsics,
  traceqlJoins,
  traceqlScopes,
  traceqlStages,
  traceqlStructure,
  traceqlWordValues,
} from './traceql-words';

const comparisons = new Set(['=', '!=', '=~', '!~', '>', '>=', '<', '<=']);
const beginning: Offer[] = [{ kind: 'keyword', label: '{', insert: '{ ', info: 'Conditions on spans' }];

/** What TraceQL may have at the caret; null where nothing is worth offering. */
export async function completeTraceql(request: CompletionRequest, names: NameSource): Promise<Offers | null> {
  const place = scanQuery(request.text, wordShapes.TraceQL);
  const { from, typed, quote, before } = place;
  const last = before.at(-1);
  if (last?.kind === 'operator' && comparisons.has(last.text) && isInFilter(place))
    return values(request, place, names);
  if (quote) return null;
  const wanted = request.explicit || typed !== '';
  if (takesField(place)) return wanted || last?.text === '{' ? fields(request, place, names) : null;
  if (!wanted) return null;
  if (place.open.at(-1)?.owner === 'with') return { from, offers: traceqlHints };
  if (isInFilter(place)) {
    const third = before.at(-2)?.text;
    const isField = last?.kind === 'word' && !comparisons.has(third ?? '');
    return { from, offers: isField ? [...traceqlComparisons, ...traceqlJoins] : traceqlJoins };
  }
  if (last === undefined) return { from, offers: beginning };
  if (last.kind !== 'close') return { from, offers: last.text === '|' ? [...traceqlStages, ...beginning] : beginning };
  return { from, offers: last.text === '}' ? traceqlStructure : [...traceqlAfterMetrics, ...traceqlStructure] };
}

function isInFilter({ open }: QueryPlace): boolean {
  return open.some(({ bracket }) => bracket === '{');
}

/** Whether a field is to come: at the beginning of a condition, or between the parentheses of what is about one. */
function takesField(place: QueryPlace): boolean {
  const last = place.before.at(-1);
  if (isInFilter(place)) return last?.kind === 'open' || ['&&', '||', '!'].includes(last?.text ?? '');
  const { owner = '' } = place.open.at(-1) ?? {};
  const isAbout = owner === 'by' || owner === 'select' || /^(?:avg|min|max|sum)$|_over_time$/.test(owner);
  return isAbout && (last?.kind === 'open' || last?.text === ',');
}

async function fields({ signal }: CompletionRequest, { from }: QueryPlace, names: NameSource): Promise<Offers> {
  const known = await names.spanFields(signal);
  return { from, offers: [...traceqlIntrinsics, ...known.names, ...traceqlScopes], more: known.more ?? false };
}

async function values(request: CompletionRequest, place: QueryPlace, names: NameSource): Promise<Offers | null> {
  const { from, typed, quote, before } = place;
  const field = before.at(-2);
  if (field?.kind !== 'word') return null;
  const words = quote ? undefined : traceqlWordValues[field.text.replace(/^span:/, '')];
  if (words) return { from, offers: words.map((label) => ({ kind: 'value', label })) };
  if (/duration$|timeSinceStart$/i.test(field.text)) return null;
  const { names: offers, more } = await names.spanValues(field.text, typed, quote, request.signal);
  return { from, offers, more: more ?? false };
}
