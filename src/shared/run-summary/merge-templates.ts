import { compareTexts } from '../compare-texts';
import { groupBy } from '../group-by';
import type { RunTelemetry } from '../runs/run-summary';

type LogTemplate = RunTelemetry['templates'][number];

/** So many templates that differ in one word are one: what stands there is a value. */
const mostVariants = 5;

/**
 * Templates of one service and level that are the same but for one word, more than 5 of them, become one with `<*>` there. Sorted
 * by service, level and template.
 */
export function mergeTemplates(templates: readonly LogTemplate[]): LogTemplate[] {
  const groups = groupBy(templates, ({ service, level, template }) => {
    const words = template.split(' ').length;
    return JSON.stringify([service, level, words]);
  });
  return [...groups.values()]
    .flatMap(mergeGroup)
    .sort(
      (a, b) =>
        compareTexts(a.service, b.service) || compareTexts(a.level, b.level) || compareTexts(a.template, b.template),
    );
}

function mergeGroup(group: readonly LogTemplate[]): LogTemplate[] {
  const words = group[0]!.template.split(' ').length;
  let rows = new Map(group.map((row) => [row.template, row]));
  if (rows.size <= mostVariants || words < 2) return [...rows.values()];
  for (let place = 0; place < words; place++) {
    const variants = groupBy(rows.values(), ({ template }) => template.split(' ').with(place, '<*>').join(' '));
    const next = new Map<string, LogTemplate>();
    for (const [general, members] of variants)
      for (const row of members.length > mostVariants ? [join(general, members)] : members) next.set(row.template, row);
    rows = next;
  }
  return [...rows.values()];
}

function join(template: string, members: readonly LogTemplate[]): LogTemplate {
  const [first] = members.toSorted((a, b) => compareTexts(a.example, b.example));
  return { ...first!, template, count: members.reduce((sum, { count }) => sum + count, 0) };
}

/** Whether a template is one of those that a more general one stands for. */
export function isVariantOf(template: string, general: string): boolean {
  const [own, merged] = [template.split(' '), general.split(' ')];
  return own.length === merged.length && merged.every((word, at) => word === '<*>' || word === own[at]);
}
