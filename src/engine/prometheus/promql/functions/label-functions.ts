import { RE2JS } from 're2js';
import type { Pace } from '../../../pace/pace';
import { compileRegex, RegexTooLarge } from '../../../regex/compile-regex';
import type { EvaluationContext } from '../evaluation/evaluation-context';
import { failExecution } from '../terms/promql-error';
import type { Labels } from '../terms/sample-source';
import { isLabelName, setLabel, valueOfLabel } from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import type { VectorValue } from '../values/value';

/** `label_replace`: sets a label from the groups of a regular expression that matches the whole of another label. */
export async function replaceLabel(
  vector: VectorValue,
  [target, replacement, source, expression]: readonly string[],
  context: EvaluationContext,
): Promise<VectorValue> {
  const pattern = compile(expression!);
  if (!isLabelName(target!, context.rules))
    failExecution(`invalid destination label name in label_replace(): ${target}`);
  return await relabel(vector, context.pace, (labels) => {
    const matcher = pattern.matcher(valueOfLabel(labels, source!));
    if (!matcher.matches()) return labels;
    const groups = pattern.namedGroups();
    const groupOf = (name: string): string => {
      const index = /^\d+$/.test(name) ? Number(name) : (groups[name] ?? -1);
      return index >= 0 && index <= matcher.groupCount() ? (matcher.group(index) ?? '') : '';
    };
    return setLabel(labels, target!, expand(replacement!, groupOf));
  });
}

/** `label_join`: sets a label to the values of others with a separator between them. */
export async function joinLabels(
  vector: VectorValue,
  [target, separator, ...sources]: readonly string[],
  context: EvaluationContext,
): Promise<VectorValue> {
  for (const source of sources) {
    if (!isLabelName(source, context.rules)) failExecution(`invalid source label name in label_join(): ${source}`);
  }
  if (!isLabelName(target!, context.rules)) failExecution(`invalid destination label name in label_join(): ${target}`);
  return await relabel(vector, context.pace, (labels) => {
    const joined = sources.map((source) => valueOfLabel(labels, source)).join(separator);
    return setLabel(labels, target!, joined);
  });
}

async function relabel(vector: VectorValue, pace: Pace, change: (labels: Labels) => Labels): Promise<VectorValue> {
  const series = await pace.map(vector.series, (one) => ({ ...one, labels: change(one.labels) }));
  return { type: 'vector', series: await uniteSeries(series, pace) };
}

function compile(expression: string): RE2JS {
  try {
    if (/\p{Surrogate}/u.test(expression)) throw new Error('invalid UTF-8');
    return compileRegex(expression, RE2JS.DOTALL);
  } catch (error) {
    if (error instanceof RegexTooLarge) failExecution(`label_replace(): ${error.message}`);
    return failExecution(`invalid regular expression in label_replace(): ${expression}`);
  }
}

/** Go's templates: `$1`, `$name`, `${name}` and `$$`; a `$` before anything else stands for itself. */
function expand(template: string, groupOf: (name: string) => string): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    return name === undefined ? whole[0]! : groupOf(name);
  });
}
