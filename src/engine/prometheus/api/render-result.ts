import type { InstantResult } from '../promql/evaluate-instant';
import type { Matrix } from '../promql/evaluate-range';
import { formatSample } from '../promql/format-sample';
import type { Labels } from '../promql/sample-source';

/** The `data` of an instant query as JSON. */
export function renderInstant(result: InstantResult, timeMs: number): string {
  if (result.type === 'matrix') return renderMatrix(result.series);
  const time = seconds(timeMs);
  if (result.type === 'string') return `{"resultType":"string","result":[${time},${JSON.stringify(result.text)}]}`;
  if (result.type === 'scalar') return `{"resultType":"scalar","result":[${time},"${formatSample(result.value)}"]}`;
  const samples = result.samples.map(
    ({ labels, value }) => `{"metric":${metric(labels)},"value":[${time},"${formatSample(value)}"]}`,
  );
  return `{"resultType":"vector","result":[${samples.join(',')}]}`;
}

export function renderMatrix(matrix: Matrix): string {
  const series = matrix.map(({ labels, times, values }) => {
    let points = '';
    for (let i = 0; i < times.length; i++) {
      points += `${i === 0 ? '' : ','}[${seconds(times[i]!)},"${formatSample(values[i]!)}"]`;
    }
    return `{"metric":${metric(labels)},"values":[${points}]}`;
  });
  return `{"resultType":"matrix","result":[${series.join(',')}]}`;
}

function metric(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

/** Unix seconds with three decimals where there are milliseconds, as Prometheus writes times. */
function seconds(ms: number): string {
  return ms % 1000 === 0 ? String(ms / 1000) : (ms / 1000).toFixed(3);
}
