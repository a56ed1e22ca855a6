import { isVariantOf, mergeTemplates } from '../run-summary/merge-templates';
import type { LogTemplate } from '../runs/run-summary';
import { BoundedTable } from '../shapes/bounded-table';
import { normalizeLine } from '../shapes/normalize-line';
import type { LineFacts } from '../shapes/span-facts';

const mostTemplates = 1000;
const mostExampleCharacters = 300;

interface Counted extends LogTemplate {
  /** Of `count`, those of the selection. */
  selected: number;
}

/** Templates of the lines of two populations, as a run's summary has them, in memory that does not grow with the lines. */
export class TemplateTally {
  #lost = 0;
  readonly #rows = new BoundedTable<Counted>(mostTemplates, (lost) => {
    this.#lost += lost?.count ?? 1;
  });
  readonly lines = { selection: 0, against: 0 };

  /** Lines of templates beyond those that are kept. */
  get lost(): number {
    return this.#lost;
  }

  add({ service, level, line }: Pick<LineFacts, 'service' | 'level' | 'line'>, selected: boolean, count = 1): void {
    this.lines[selected ? 'selection' : 'against'] += count;
    // The frames of a stack, and what else stands indented below a line: that line tells of it.
    if (/^\s/.test(line)) return;
    const template = normalizeLine(line);
    const example = line.slice(0, mostExampleCharacters);
    const row = this.#rows.at(JSON.stringify([service, level, template]), () => ({
      ...{ service, level, template, count: 0, selected: 0, example },
    }));
    if (!row) return;
    row.count += count;
    if (selected) row.selected += count;
    if (example < row.example) row.example = example;
  }

  /** Those that differ in one word alone are one. */
  finish(): { template: LogTemplate; selection: number; against: number }[] {
    const rows = this.#rows.entries().map(([, row]) => row);
    const selected = new Map(rows.map((row) => [keyOf(row), row.selected]));
    return mergeTemplates(rows).map((template) => {
      const selection =
        selected.get(keyOf(template)) ??
        rows.reduce((sum, row) => sum + (isVariant(row, template) ? row.selected : 0), 0);
      return { template, selection, against: template.count - selection };
    });
  }
}

function keyOf({ service, level, template }: LogTemplate): string {
  return JSON.stringify([service, level, template]);
}

function isVariant(row: LogTemplate, general: LogTemplate): boolean {
  return row.service === general.service && row.level === general.level && isVariantOf(row.template, general.template);
}
