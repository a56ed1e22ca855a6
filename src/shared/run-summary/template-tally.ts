import type { RunTelemetry } from '../runs/run-summary';
import { BoundedTable } from '../shapes/bounded-table';
import { normalizeLine } from '../shapes/normalize-line';
import type { LineFacts } from '../shapes/span-facts';

type LogTemplate = RunTelemetry['templates'][number];

const mostExampleCharacters = 300;

/** Counts lines by service, level and template, of at most so many of these. */
export class TemplateTally {
  /** Lines of templates that are not held. */
  lost = 0;
  readonly #rows: BoundedTable<LogTemplate>;

  constructor(most: number) {
    this.#rows = new BoundedTable(most, (lost) => {
      this.lost += lost?.count ?? 1;
    });
  }

  /** So many lines of one service, level and template, of which this is one. */
  add({ service, level, line }: LineFacts, count: number): void {
    this.#add({ service, level, template: normalizeLine(line), example: line.slice(0, mostExampleCharacters), count });
  }

  /** What another has counted. */
  addAll(other: TemplateTally): void {
    this.lost += other.lost;
    for (const row of other.rows()) this.#add(row);
  }

  rows(): LogTemplate[] {
    return this.#rows.entries().map(([, row]) => row);
  }

  #add({ service, level, template, example, count }: LogTemplate): void {
    const row = this.#rows.at(JSON.stringify([service, level, template]), () => ({
      ...{ service, level, template, example, count: 0 },
    }));
    if (!row) {
      this.lost += count - 1;
      return;
    }
    row.count += count;
    if (example < row.example) row.example = example;
  }
}
