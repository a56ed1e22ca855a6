import type { StoredSeries, StoreReader } from '../../store/reader';
import { METRIC_NAME } from '../promql/values/labels';
import { labelsOf } from '../store-sample-source';
import { type ApiAnswer, type ApiError, answerData, badParameter, isApiError } from './api-answer';
import { limitParameter, rangeParameters } from './read-parameters';
import { parseSelectors, selectSeries } from './select-series';

export async function answerSeries(reader: StoreReader, parameters: URLSearchParams): Promise<ApiAnswer> {
  if (parameters.getAll('match[]').length === 0)
    return { errorType: 'bad_data', error: 'no match[] parameter provided' };
  const found = await findSeries(reader, parameters, (reason) => badParameter('match[]', reason));
  if (isApiError(found)) return found;
  return cut(
    found.series.map((series) => Object.fromEntries(labelsOf(series))),
    found.limit,
  );
}

export async function answerLabelNames(reader: StoreReader, parameters: URLSearchParams): Promise<ApiAnswer> {
  const found = await findSeries(reader, parameters);
  if (isApiError(found)) return found;
  const names = new Set<string>();
  for (const { labels } of found.series) for (const name of labels.keys()) names.add(name);
  if (found.series.length > 0) names.add(METRIC_NAME);
  return cut([...names].sort(), found.limit);
}

export async function answerLabelValues(
  reader: StoreReader,
  name: string,
  parameters: URLSearchParams,
): Promise<ApiAnswer> {
  if (name === '') return { errorType: 'bad_data', error: 'invalid label name: ""' };
  const found = await findSeries(reader, parameters);
  if (isApiError(found)) return found;
  const values = new Set<string>();
  for (const series of found.series) {
    const value = name === METRIC_NAME ? series.name : series.labels.get(name);
    if (value !== undefined) values.add(value);
  }
  return cut([...values].sort(), found.limit);
}

async function findSeries(
  reader: StoreReader,
  parameters: URLSearchParams,
  refuse = (reason: string): ApiError => ({ errorType: 'bad_data', error: reason }),
): Promise<{ series: StoredSeries[]; limit: number } | ApiError> {
  const limit = limitParameter(parameters);
  if (isApiError(limit)) return limit;
  const range = rangeParameters(parameters);
  if (isApiError(range)) return range;
  const parsed = parseSelectors(parameters.getAll('match[]'));
  if ('reason' in parsed) return refuse(parsed.reason);
  return { series: await selectSeries(reader, parsed.selectors, range), limit: limit.value };
}

function cut(items: readonly unknown[], limit: number): ApiAnswer {
  if (items.length <= limit) return answerData(items);
  return answerData(items.slice(0, limit), ['results truncated due to limit']);
}
