import type { Labels } from '../terms/sample-source';
import type { SemanticRules } from '../terms/semantic-rules';

export const METRIC_NAME = '__name__';
export const BUCKET_BOUND = 'le';

/** A text equal for equal label sets only: lengths stand before names and values. */
export function keyOfLabels(labels: Labels): string {
  let key = '';
  for (const [name, value] of labels) key += `${name.length}:${name}${value.length}:${value}`;
  return key;
}

export function valueOfLabel(labels: Labels, name: string): string {
  for (const pair of labels) if (pair[0] === name) return pair[1];
  return '';
}

export function dropMetricName(labels: Labels): Labels {
  return dropLabel(labels, METRIC_NAME);
}

/** What says of a metric what it is; results that are something else lose it. */
const METADATA_LABELS: ReadonlySet<string> = new Set([METRIC_NAME, '__type__', '__unit__']);

export function dropMetadata(labels: Labels): Labels {
  return labels.some(([name]) => METADATA_LABELS.has(name)) ? dropLabels(labels, METADATA_LABELS) : labels;
}

function dropLabel(labels: Labels, name: string): Labels {
  return labels.some((pair) => pair[0] === name) ? labels.filter((pair) => pair[0] !== name) : labels;
}

export function keepLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return labels.filter((pair) => names.has(pair[0]));
}

export function dropLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return labels.filter((pair) => !names.has(pair[0]));
}

/** The labels with one set to a value; an empty value removes it. */
export function setLabel(labels: Labels, name: string, value: string): Labels {
  const rest = dropLabel(labels, name);
  if (value === '') return rest;
  const at = rest.findIndex((pair) => pair[0] > name);
  const pair = [name, value] as const;
  return at < 0 ? [...rest, pair] : [...rest.slice(0, at), pair, ...rest.slice(at)];
}

/** The order in which Prometheus lists series: by the label pairs, a label set before its extensions. */
export function compareLabels(left: Labels, right: Labels): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const [leftName, leftValue] = left[i]!;
    const [rightName, rightValue] = right[i]!;
    if (leftName !== rightName) return leftName < rightName ? -1 : 1;
    if (leftValue !== rightValue) return leftValue < rightValue ? -1 : 1;
  }
  return left.length - right.length;
}

/** As error messages show them: `{__name__="up", job="a"}`. */
export function formatLabels(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
}

/** Whether a query may create a label with this name. */
export function isLabelName(name: string, { labelNames }: SemanticRules): boolean {
  return labelNames === 'utf-8' ? name !== '' && !/\p{Surrogate}/u.test(name) : /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
}
