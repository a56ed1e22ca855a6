import type { LogPattern } from '../../../shared/contract/log-patterns';
import type { LogRecord } from '../../../shared/contract/telemetry';
import { isVariantOf, mergeTemplates } from '../../../shared/run-summary/merge-templates';
import { normalizeLine } from '../../../shared/shapes/normalize-line';

const mostExampleCharacters = 300;
/** One line for each template, service and level of more lines than these would be too many to read. */
const mostPatterns = 1000;

interface Counted {
  service: string;
  level: string;
  template: string;
  example: string;
  count: number;
  steps: Map<number, number>;
}

/** Patterns of lines that were read, as the engine makes them; `step` in seconds. */
export function patternsOfLines(records: readonly LogRecord[], step: number): LogPattern[] {
  const rows = new Map<string, Counted>();
  for (const { service, level, line, timeNs } of records) {
    const template = normalizeLine(line);
    const key = JSON.stringify([service, level, template]);
    const row = rows.get(key) ?? {
      ...{ service, level, template, example: line.slice(0, mostExampleCharacters), count: 0, steps: new Map() },
    };
    rows.set(key, row);
    row.count++;
    const second = Number(BigInt(timeNs) / 1_000_000_000n);
    const at = second - (second % step);
    row.steps.set(at, (row.steps.get(at) ?? 0) + 1);
  }
  const all = [...rows.values()];
  return mergeTemplates(all)
    .map(({ service, level, template, example, count }): LogPattern => {
      const steps = new Map<number, number>();
      for (const row of all) {
        if (row.service !== service || row.level !== level || !isVariantOf(row.template, template)) continue;
        for (const [at, lines] of row.steps) steps.set(at, (steps.get(at) ?? 0) + lines);
      }
      const samples = [...steps].sort(([a], [b]) => a - b);
      return { pattern: template, level, service, example, count, samples };
    })
    .sort((a, b) => b.count - a.count)
    .slice(0, mostPatterns);
}
