import type { Pace } from '../../pace/pace';
import { formatSample } from '../../samples/format-sample';
import type { InstantResult } from '../promql/evaluate-instant';
import type { Matrix } from '../promql/evaluate-range';
import { histogramJson } from '../promql/histogram/histogram-json';
import type { NativeHistogram } from '../promql/histogram/native-histogram';
import type { Labels, SelectedSeries } from '../promql/terms/sample-source';
import { JsonText } from './json-text';

/** One point, in units of `Pace.isDueAfter`. */
const POINT = 30;

/** `resultType` and `result` of an instant query as JSON without the braces around, in pieces. */
export async function renderInstant(result: InstantResult, timeMs: number, pace: Pace): Promise<readonly string[]> {
  if (result.type === 'matrix') return await renderMatrix(result.series, pace);
  const time = seconds(timeMs);
  if (result.type === 'string') return [`"resultType":"string","result":[${time},${quote(result.text)}]`];
  if (result.type === 'scalar') return [`"resultType":"scalar","result":[${time},"${formatSample(result.value)}"]`];
  const json = new JsonText(pace);
  json.write('"resultType":"vector","result":');
  await json.list(result.samples, ({ labels, value }) =>
    json.write(
      typeof value === 'number'
        ? `{"metric":${metric(labels)},"value":[${time},"${formatSample(value)}"]}`
        : `{"metric":${metric(labels)},"histogram":[${time},${histogramJson(value)}]}`,
    ),
  );
  return json.end();
}

export async function renderMatrix(matrix: Matrix, pace: Pace): Promise<readonly string[]> {
  const json = new JsonText(pace);
  json.write('"resultType":"matrix","result":');
  await json.list(matrix, async (series) => {
    json.write(`{"metric":${metric(series.labels)}`);
    await writePoints(json, series, pace);
    json.write('}');
  });
  return json.end();
}

/** Floats and histograms are lists of their own, of which one may be missing. */
async function writePoints(json: JsonText, series: SelectedSeries, pace: Pace): Promise<void> {
  const { times, values, histograms } = series;
  const found: [timeMs: number, histogram: NativeHistogram][] = [];
  let separator = ',"values":[';
  for (let i = 0; i < times.length; i++) {
    const histogram = histograms?.[i];
    if (histogram) {
      found.push([times[i]!, histogram]);
      continue;
    }
    json.write(`${separator}[${seconds(times[i]!)},"${formatSample(values[i]!)}"]`);
    separator = ',';
    if (pace.isDueAfter(POINT)) await pace.turn();
  }
  if (separator === ',') json.write(']');
  if (found.length === 0) return;
  json.write(',"histograms":');
  await json.list(found, ([timeMs, histogram]) => json.write(`[${seconds(timeMs)},${histogramJson(histogram)}]`));
}

function metric(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${quote(name)}:${quote(value)}`).join(',')}}`;
}

/** Bytes of a query's strings that are no UTF-8 stand as halves of pairs, and leave as the replacement character. */
function quote(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** Unix seconds with three decimals where there are milliseconds, as Prometheus writes times. */
function seconds(ms: number): string {
  return ms % 1000 === 0 ? String(ms / 1000) : (ms / 1000).toFixed(3);
}
