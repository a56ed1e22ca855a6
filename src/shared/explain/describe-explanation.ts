import type {
  Difference,
  ExplainedValue,
  Explanation,
  MetricDifference,
  OperationDifference,
  TemplateDifference,
} from '../contract/explain';
import { formatDuration } from '../format-duration';
import { fitLines } from '../run-text/fit-lines';
import { plainLine } from '../run-text/plain-line';

const changes = { new: 'new', gone: 'gone', more: 'more', fewer: 'fewer' } as const;
const what = { traces: 'spans', logs: 'lines' } as const;

/** What differs, as short text for a person or an agent: values first, then how it failed, where, and what the logs say. */
export function describeExplanation(explanation: Explanation, budget = 700): string {
  const { signal, selection, against, differences, outcomes, operations, templates, metrics, hidden, leftOut } =
    explanation;
  const looked = (side: Explanation['selection']) =>
    side.looked < side.count
      ? `${side.count} ${what[signal]} (${side.looked} looked at)`
      : `${side.count} ${what[signal]}`;
  const head = [`${verdicts[explanation.verdict]} ${looked(selection)} against ${looked(against)}.`];
  const lines = [
    ...differences.map((difference, at) => describeDifference(difference, `${at + 1}.`)),
    ...outcomes.map((difference) => describeDifference(difference, failedWith)),
    ...operations.map((operation) => describeOperation(operation, signal)),
    ...metrics.map(describeMetric),
    ...templates.map(describeTemplate),
    ...(hidden.count > 0
      ? [
          `… ${hidden.count} ${hidden.count === 1 ? 'key' : 'keys'} with nearly as many values as ${what[signal]} not told: ${hidden.keys
            .slice(0, 6)
            .map(({ place, key }) => keyOf({ place, key }))
            .join(', ')}`,
        ]
      : []),
    ...leftOut.map((sentence) => `… ${plainLine(sentence)}`),
  ];
  return fitLines(
    head,
    lines,
    budget,
    (left) => `… ${left.length} more: --budget ${Math.max(2000, 4 * budget)}, or --json`,
  );
}

/** What else tells how it failed says the same. */
const failedWith = 'failed with';
const verdicts: Record<Explanation['verdict'], string> = {
  differs: 'They differ:',
  alike: 'Nothing differs beyond chance:',
  'too-few': 'Too few to tell from chance:',
};

function describeDifference(difference: Difference, mark: string): string {
  const { share, expected, selectionCount, againstCount, same, follows, following } = difference;
  const also = same.length > 0 ? `; the same: ${same.map(shownValue).join(', ')}` : '';
  const shown = following.map(shownValue);
  const behind =
    follows > 0 && mark !== failedWith
      ? `; since then also: ${[...shown, ...(follows > shown.length ? [`${follows - shown.length} more`] : [])].join(', ')}`
      : '';
  return `${mark} ${shownValue(difference)}: ${percent(share)} instead of ${percent(expected)} (${selectionCount}, ${againstCount} else)${also}${behind}`;
}

function describeOperation(
  { service, name, kind, selection, against }: OperationDifference,
  signal: 'traces' | 'logs',
): string {
  const operation = [service, name].filter((text) => text !== '').map((text) => plainLine(text, 80));
  const facts = [`${percent(selection.share)} of them, ${percent(against.share)} else`];
  if (signal === 'traces') {
    if (selection.errors + against.errors > 0)
      facts.push(
        `errors ${portion(selection.errors, selection.count)}, ${portion(against.errors, against.count)} else`,
      );
    if (selection.medianNs !== null && against.medianNs !== null)
      facts.push(`median ${formatDuration(selection.medianNs)}, ${formatDuration(against.medianNs)} else`);
  }
  return `at ${operation.join(' ')}${kind && kind !== 'internal' ? ` (${kind})` : ''}: ${facts.join('; ')}`;
}

function describeTemplate({
  service,
  level,
  template,
  change,
  selectionCount,
  againstCount,
  ratio,
}: TemplateDifference): string {
  const times = ratio === null ? '' : ` ×${ratio >= 1 ? rounded(ratio) : `1/${rounded(1 / ratio)}`}`;
  return `log ${changes[change]}${times} (${selectionCount}, ${againstCount} else): ${level === 'unknown' ? '' : `${level.toUpperCase()} `}${plainLine(service, 60)}: "${plainLine(template, 160)}"`;
}

const measures = { level: '', rate: ' a second', mean: ' on average' } as const;

function describeMetric({ service, name, of, selection, against, ratio }: MetricDifference): string {
  const times = ratio === null ? '' : ` (×${ratio >= 1 ? rounded(ratio) : `1/${rounded(1 / ratio)}`})`;
  return `metric ${plainLine(service, 60)} ${plainLine(name, 100)}: ${figure(against)} → ${figure(selection)}${measures[of]}${times}`;
}

function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

function shownValue({ place, key, value }: ExplainedValue): string {
  return value === null ? `${keyOf({ place, key })} is missing` : `${keyOf({ place, key })}=${plainLine(value, 100)}`;
}

function keyOf({ place, key }: Pick<ExplainedValue, 'place' | 'key'>): string {
  return place === 'intrinsic' || place === 'log' ? plainLine(key, 80) : `${place}.${plainLine(key, 80)}`;
}

function portion(part: number, of: number): string {
  return of === 0 ? '0 %' : percent(part / of);
}

function percent(share: number): string {
  const value = 100 * share;
  if (value === 0 || value >= 9.95) return `${Math.round(value)} %`;
  return value < 0.05 ? '<0.1 %' : `${value.toFixed(1)} %`;
}

function rounded(value: number): string {
  return value >= 9.5 ? String(Math.round(value)) : value.toFixed(1);
}
