import { formatSample } from '../../../samples/format-sample';
import { evaluateInstant, type InstantResult } from '../evaluate-instant';
import { evaluateRange } from '../evaluate-range';
import { histogramJson } from '../histogram/histogram-json';
import { parsePromql } from '../parse-promql';
import type { SampleSource, SelectedSeries } from '../terms/sample-source';
import { PROMETHEUS_2_42_RULES } from '../terms/semantic-rules';
import type { PeerAnswer } from './prometheus-peer';

/** Times in milliseconds; without a step, an instant query at the end. */
export interface QueryTimes {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs?: number;
}

/** This engine's answer in the shape of Prometheus' API, under the rules of the Prometheus it is compared with. */
export async function answerQuery(query: string, source: SampleSource, times: QueryTimes): Promise<PeerAnswer> {
  const parsed = await parsePromql(query);
  if ('error' in parsed) return { status: 'error', error: `invalid parameter "query": ${parsed.error.message}` };
  const request = { ast: parsed.ast, query, source, rules: PROMETHEUS_2_42_RULES };
  if (times.stepMs !== undefined) {
    const { startMs, endMs, stepMs } = times;
    const answer = await evaluateRange({ ...request, startMs, endMs, stepMs });
    if ('error' in answer) return { status: 'error', error: answer.error.message };
    return { status: 'success', data: { resultType: 'matrix', result: answer.matrix.map(showSeries) } };
  }
  const answer = await evaluateInstant({ ...request, timeMs: times.endMs });
  if ('error' in answer) return { status: 'error', error: answer.error.message };
  return {
    status: 'success',
    data: { resultType: answer.result.type, result: showResult(answer.result, times.endMs) },
  };
}

function showResult(result: InstantResult, timeMs: number): unknown {
  const time = timeMs / 1000;
  switch (result.type) {
    case 'matrix':
      return result.series.map(showSeries);
    case 'scalar':
      return [time, formatSample(result.value)];
    case 'string':
      return [time, result.text];
    case 'vector':
      return result.samples.map(({ labels, value }) => ({
        metric: Object.fromEntries(labels),
        ...(typeof value === 'number'
          ? { value: [time, formatSample(value)] }
          : { histogram: [time, JSON.parse(histogramJson(value))] }),
      }));
  }
}

function showSeries({ labels, times, values }: SelectedSeries): unknown {
  const shown = Array.from(times, (time, index) => [time / 1000, formatSample(values[index]!)]);
  return { metric: Object.fromEntries(labels), values: shown };
}
