import { compareTexts } from '../../compare-texts';
import { normalizeName } from '../../shapes/normalize-name';
import { quoted } from '../place-of';
import type { Sighting } from '../sighting';

export type SeriesLabels = Readonly<Record<string, string>>;

const leastOfKind = 20;
/** Of whatever form. */
const leastValues = 200;
/** Who sends, what the format itself needs, and what has many values that somebody chose. */
const expected =
  /^(?:__name__|le|quantile|job|instance)$|status_?code$|^(?:service|process|host|k8s|container|telemetry|otel|vcs|watchtower)_/;
const ownName = /_(?:bucket|count|sum)$/;

interface LabelValues {
  readonly service: string;
  readonly metric: string;
  readonly label: string;
  /** No more than are needed to judge, like those of each kind. */
  readonly values: Set<string>;
  readonly kinds: Map<string, Set<string>>;
}

/**
 * Labels of metrics that hold ids or values: 20 or more values of one that are one when these are taken away, or 200 of whatever
 * form. Every value makes a series of its own for each metric.
 */
export function findManyLabels(series: Iterable<SeriesLabels>): Sighting[] {
  const found = new Map<string, LabelValues>();
  for (const labels of series) {
    const service = labels.service_name ?? labels.job ?? '';
    const metric = (labels.__name__ ?? '').replace(ownName, '');
    for (const [label, value] of Object.entries(labels)) {
      if (expected.test(label)) continue;
      const key = JSON.stringify([service, metric, label]);
      const row = found.get(key) ?? { service, metric, label, values: new Set(), kinds: new Map() };
      found.set(key, row);
      add(row, value);
    }
  }
  return [...found.values()]
    .flatMap(judge)
    .sort((a, b) => compareTexts(a.service, b.service) || compareTexts(a.sentence, b.sentence));
}

function add({ values, kinds }: LabelValues, value: string): void {
  if (values.size < leastValues) values.add(value);
  const kind = normalizeName(value);
  if (kind === value) return;
  const ofKind = kinds.get(kind) ?? new Set();
  if (ofKind.size === 0) kinds.set(kind, ofKind);
  if (ofKind.size < leastOfKind) ofKind.add(value);
}

function judge({ service, metric, label, values, kinds }: LabelValues): Sighting[] {
  const [kind] = [...kinds].flatMap(([each, of]) => (of.size >= leastOfKind ? [each] : [])).sort(compareTexts);
  if (kind === undefined && values.size < leastValues) return [];
  const what = kind === undefined ? `${leastValues} or more values` : `${leastOfKind} or more values of one kind`;
  const named = `the label ${quoted(label)} of ${quoted(metric)} has ${what}`;
  return [
    {
      rule: 'many-names',
      severity: 'hint',
      service,
      sentence: `${named[0]!.toUpperCase()}${named.slice(1)}${kind === undefined ? '' : `: ${quoted(kind)}`}, a series each`,
      advice:
        'Leave the label out, or give it few values (the route, the kind); ids and values belong into spans and log lines.',
      key: ['label', metric, label],
      weight: 1,
      evidence: null,
    },
  ];
}
