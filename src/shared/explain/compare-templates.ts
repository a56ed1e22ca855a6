import { compareTexts } from '../compare-texts';
import type { TemplateDifference } from '../contract/explain';
import { sumTail } from './sum-tail';
import type { TemplateTally } from './template-tally';

/** So many times more or less often. */
const leastRatio = 3;
const leastLines = 3;
const mostChance = 0.01;
const severities = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'critical', 'fatal'];

/** How much of either population the lines belong to: spans, lines or milliseconds. */
export interface Exposure {
  readonly selection: number;
  readonly against: number;
}

/** Templates that only one population has, and those three times as frequent or rare for as much of it, the worst first. */
export function compareTemplates(tally: TemplateTally, exposure: Exposure, most: number): TemplateDifference[] {
  const rows = tally.finish();
  const changes = judgeCounts(
    rows.map(({ selection, against }) => ({ selection, against })),
    exposure,
  );
  return rows
    .flatMap(({ template, selection, against }, at): TemplateDifference[] => {
      const judged = changes[at];
      if (!judged) return [];
      const { service, level, template: text, example } = template;
      const counts = { selectionCount: selection, againstCount: against };
      return [{ service, level, template: text, example, ...counts, ...judged }];
    })
    .sort(
      (a, b) =>
        rankOf(b) - rankOf(a) ||
        b.selectionCount + b.againstCount - (a.selectionCount + a.againstCount) ||
        compareTexts(a.service, b.service) ||
        compareTexts(a.template, b.template),
    )
    .slice(0, most);
}

type Judged = Pick<TemplateDifference, 'change' | 'ratio' | 'chance'>;

/** How each template's lines differ between two populations, exactly; null where by no more than chance makes. */
export function judgeCounts(
  rows: readonly { readonly selection: number; readonly against: number }[],
  exposure: Exposure,
): (Judged | null)[] {
  if (exposure.selection <= 0 || exposure.against <= 0) return rows.map(() => null);
  const all = rows.reduce((sum, { selection, against }) => sum + selection + against, 0);
  const chosen = Math.round((all * exposure.selection) / (exposure.selection + exposure.against));
  return rows.map(({ selection, against }) => {
    if (Math.max(selection, against) < leastLines) return null;
    const [is, was] = [selection / exposure.selection, against / exposure.against];
    const ratio = selection === 0 || against === 0 ? null : is / was;
    if (ratio !== null && ratio < leastRatio && ratio > 1 / leastRatio) return null;
    // Each line falls to a population by its size, whatever template it has.
    const chance = Math.min(1, sumTail([{ all, chosen, having: selection + against }], selection, 1) * rows.length);
    if (chance >= mostChance) return null;
    return { change: against === 0 ? 'new' : selection === 0 ? 'gone' : is > was ? 'more' : 'fewer', ratio, chance };
  });
}

/** What came up or grew stands above what went away; what warns, and what there is much of, above the other: ten times as much as one level. */
function rankOf({ level, change, selectionCount, againstCount }: TemplateDifference): number {
  const grew = change === 'new' || change === 'more';
  return (grew ? 100 : 0) + severities.indexOf(level) + Math.log10(Math.abs(selectionCount - againstCount) + 1);
}
