import { Pace } from '../../pace/pace';
import { sortInTurns } from '../../pace/sort-in-turns';
import type { StoredSeries, StoreReader } from '../../store/reader/reader';
import { METRIC_NAME } from '../promql/values/labels';
import { labelsOf } from '../selection/store-sample-source';
import { type ApiAnswer, type ApiError, badParameter, isApiError } from './api-answer';
import { JsonText } from './json-text';
import { limitParameter, rangeParameters } from './read-parameters';
import { parseSelectors, selectSeries } from './select-series';
import { unescapeName } from './unescape-name';

/** One series looked at, in units of `Pace.isDueAfter`. */
const LOOK = 50;

export async function answerSeries(
  reader: StoreReader,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<ApiAnswer> {
  if (parameters.getAll('match[]').length === 0)
    return { errorType: 'bad_data', error: 'no match[] parameter provided' };
  const pace = new Pace(signal);
  const found = await findSeries(reader, parameters, pace, (reason) => badParameter('match[]', reason));
  if (isApiError(found)) return found;
  return await cut(found.series, found.limit, pace, (series) => Object.fromEntries(labelsOf(series)));
}

export async function answerLabelNames(
  reader: StoreReader,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<ApiAnswer> {
  const pace = new Pace(signal);
  const found = await findSeries(reader, parameters, pace);
  if (isApiError(found)) return found;
  const names = new Set<string>();
  for (const { labels } of found.series) {
    for (const name of labels.keys()) names.add(name);
    if (pace.isDueAfter(LOOK)) await pace.turn();
  }
  if (found.series.length > 0) names.add(METRIC_NAME);
  return await cut(await sortTexts(names, pace), found.limit, pace);
}

export async function answerLabelValues(
  reader: StoreReader,
  escapedName: string,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<ApiAnswer> {
  const name = unescapeName(escapedName);
  if (name === '' || /\p{Surrogate}/u.test(name)) {
    return { errorType: 'bad_data', error: `invalid label name: ${JSON.stringify(name)}` };
  }
  const pace = new Pace(signal);
  const found = await findSeries(reader, parameters, pace);
  if (isApiError(found)) return found;
  const values = new Set<string>();
  for (const series of found.series) {
    const value = name === METRIC_NAME ? series.name : series.labels.get(name);
    if (value !== undefined) values.add(value);
    if (pace.isDueAfter(LOOK)) await pace.turn();
  }
  return await cut(await sortTexts(values, pace), found.limit, pace);
}

async function findSeries(
  reader: StoreReader,
  parameters: URLSearchParams,
  pace: Pace,
  refuse = (reason: string): ApiError => ({ errorType: 'bad_data', error: reason }),
): Promise<{ series: StoredSeries[]; limit: number } | ApiError> {
  const limit = limitParameter(parameters);
  if (isApiError(limit)) return limit;
  const range = rangeParameters(parameters);
  if (isApiError(range)) return range;
  const parsed = await parseSelectors(parameters.getAll('match[]'), pace);
  if ('reason' in parsed) return refuse(parsed.reason);
  return { series: await selectSeries(reader, parsed.selectors, range, pace), limit: limit.value };
}

async function sortTexts(texts: ReadonlySet<string>, pace: Pace): Promise<string[]> {
  return await sortInTurns([...texts], (left, right) => (left < right ? -1 : 1), pace);
}

async function cut<Item>(
  items: readonly Item[],
  limit: number,
  pace: Pace,
  show: (item: Item) => unknown = (item) => item,
): Promise<ApiAnswer> {
  const json = new JsonText(pace);
  const shown = items.length > limit ? items.slice(0, limit) : items;
  await json.list(shown, (item) => json.write(JSON.stringify(show(item))));
  return { json: json.end(), warnings: shown.length < items.length ? ['results truncated due to limit'] : [] };
}
