import type { PeerAnswer } from './prometheus-peer';

const RELATIVE = 1e-9;

interface ShownSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [time: number, value: string];
  readonly values?: readonly (readonly [time: number, value: string])[];
}

/** The first difference between two answers, or undefined. Vectors compare in order where `ordered`, else by labels. */
export function compareAnswers(ours: PeerAnswer, theirs: PeerAnswer, ordered: boolean): string | undefined {
  if (ours.status !== theirs.status) return `${outcomeOf(ours)}, Prometheus: ${outcomeOf(theirs)}`;
  if (!ours.data || !theirs.data) return undefined;
  if (ours.data.resultType !== theirs.data.resultType) {
    return `type ${ours.data.resultType}, Prometheus: ${theirs.data.resultType}`;
  }
  if (theirs.data.resultType === 'scalar' || theirs.data.resultType === 'string') {
    return compareSamples([ours.data.result as [number, string]], [theirs.data.result as [number, string]]);
  }
  return compareSeries(ours.data.result as ShownSeries[], theirs.data.result as ShownSeries[], ordered);
}

function outcomeOf(answer: PeerAnswer): string {
  return answer.status === 'error' ? `error "${answer.error}"` : 'success';
}

function compareSeries(ours: ShownSeries[], theirs: ShownSeries[], ordered: boolean): string | undefined {
  const arrange = (series: ShownSeries[]) =>
    ordered ? series : [...series].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  const [left, right] = [arrange(ours), arrange(theirs)];
  const [leftKeys, rightKeys] = [left.map(keyOf).join('\n'), right.map(keyOf).join('\n')];
  if (leftKeys !== rightKeys) return `series\n${leftKeys || '(none)'}\nPrometheus:\n${rightKeys || '(none)'}`;
  for (const [index, series] of left.entries()) {
    const other = right[index]!;
    const difference = compareSamples(samplesOf(series), samplesOf(other));
    if (difference) return `${keyOf(series)} ${difference}`;
  }
  return undefined;
}

function samplesOf(series: ShownSeries): readonly (readonly [number, string])[] {
  return series.values ?? (series.value ? [series.value] : []);
}

function keyOf({ metric }: ShownSeries): string {
  return JSON.stringify(Object.entries(metric).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function compareSamples(
  ours: readonly (readonly [number, string])[],
  theirs: readonly (readonly [number, string])[],
): string | undefined {
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [left, right] = [ours[index], theirs[index]];
    if (left && right && left[0] === right[0] && isClose(left[1], right[1])) continue;
    return `sample ${index} of ${ours.length}: ${left?.join(' ')}, Prometheus, of ${theirs.length}: ${right?.join(' ')}`;
  }
  return undefined;
}

function isClose(left: string, right: string): boolean {
  if (left === right) return true;
  const [leftNumber, rightNumber] = [Number(left), Number(right)];
  const scale = Math.max(Math.abs(leftNumber), Math.abs(rightNumber));
  return Math.abs(leftNumber - rightNumber) <= RELATIVE * scale;
}
