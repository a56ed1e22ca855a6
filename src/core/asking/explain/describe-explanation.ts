import type {
  Difference,
  ExplainedValue,
  Explanation,
  MetricDifference,
  OperationDifference,
  TemplateDifference,
} from '../../../shared/contract/explain';
import { formatDuration } from '../../../shared/format-duration';
import type { Told } from '../answer/told';
import type { Asking } from '../answer/tool';
import type { Scope } from '../scope/read-scope';

const verdicts: Readonly<Record<Explanation['verdict'], string>> = {
  differs: 'they differ',
  alike: 'nothing differs beyond chance',
  'too-few': 'too few to tell from chance',
};
const mostOperations = 6;

/** What differs, as lines: values of attributes, operations, templates, and what only says how it failed. */
export function describeExplanation(
  explanation: Explanation,
  words: string,
  { window }: Scope,
  { host: _ }: Asking,
): Told {
  const { signal, selection, against, verdict, operations, differences } = explanation;
  const { outcomes, metrics, templates, hidden, leftOut } = explanation;
  return {
    head: [`${selection.count}: ${words} (${against.count}): ${verdicts[verdict]}.`],
    lines: [
      ...section('Values, greatest effect first (share here, expected, lift):', differences.map(describeDifference)),
      ...section('How it failed:', outcomes.map(describeDifference)),
      ...section('Operations (here ; there):', operations.slice(0, mostOperations).map(describeOperation)),
      ...section('Metrics (there → here):', metrics.map(describeMetric)),
      ...section('Log templates:', templates.map(describeTemplate)),
    ],
    notes: [
      ...(operations.length > mostOperations
        ? [`${operations.length - mostOperations} more operations differ less.`]
        : []),
      ...(hidden.count > 0
        ? [
            `${hidden.count} keys hidden, nearly every value is another: ${hidden.keys
              .slice(0, 5)
              .map(({ key }) => key)
              .join(', ')}.`,
          ]
        : []),
      ...leftOut,
    ],
    page: `/${signal}?${new URLSearchParams({ from: String(window.from), to: String(window.to) })}`,
  };
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function describeDifference({
  place,
  key,
  value,
  share,
  expected,
  lift,
  selectionCount,
  same,
  follows,
  following,
  query,
}: Difference): string {
  const rarer = share < expected ? ' (rarer)' : '';
  const alike = same.length > 0 ? `; the same: ${same.slice(0, 3).map(named).join(', ')}` : '';
  const then = follows > 0 ? `; so do ${follows} more: ${following.map(named).join(', ')}` : '';
  return `${named({ place, key, value })}: ${percent(share)}, ${percent(expected)}, ${lift === null ? 'only here' : `×${Number(lift.toPrecision(3))}`}${rarer}, ${selectionCount} of them${alike}${then}${query && place !== 'intrinsic' ? ` | ${query}` : ''}`;
}

function named({ place, key, value }: ExplainedValue): string {
  return `${place}.${key}${value === null ? ' absent' : `=${value}`}`;
}

function describeOperation({ service, name, selection, against }: OperationDifference): string {
  const side = ({ share, errors, count, p95Ns }: OperationDifference['selection']) =>
    `${percent(share)}, ${errors} of ${count} failed${p95Ns === null ? '' : `, p95 ${formatDuration(p95Ns)}`}`;
  return `${service} ${name}: ${side(selection)} ; ${side(against)}`;
}

function describeTemplate({
  change,
  service,
  level,
  template,
  selectionCount,
  againstCount,
  ratio,
}: TemplateDifference): string {
  return `${change}${ratio === null ? '' : ` ×${Number(ratio.toPrecision(2))}`}, ${selectionCount} against ${againstCount}: ${level} ${service} ${template}`;
}

const measures = { level: '', rate: '/s', mean: ' on average' } as const;

function describeMetric({ service, name, of, selection, against, ratio }: MetricDifference): string {
  const figure = (value: number) => String(Number(value.toPrecision(3)));
  return `${service} ${name}: ${figure(against)} → ${figure(selection)}${measures[of]}${ratio === null ? '' : `, ×${Number(ratio.toPrecision(3))}`}`;
}

function percent(share: number): string {
  const hundredths = share * 100;
  return `${hundredths > 0 && hundredths < 1 ? hundredths.toPrecision(1) : Math.round(hundredths)} %`;
}
