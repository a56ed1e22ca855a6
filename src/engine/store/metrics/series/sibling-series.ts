import type { StoredSeries } from '../../reader/reader';

/** The label in which series of one histogram or summary differ. */
export type SiblingLabel = 'le' | 'quantile';

const LABELS: readonly SiblingLabel[] = ['le', 'quantile'];

/** Series that are alike but for one label, by what they share. Nothing is kept before the first question: few senders make one. */
export class SiblingSeries {
  private byRest: Map<string, Set<number>> | null = null;

  constructor(private readonly all: ReadonlyMap<number, StoredSeries>) {}

  /** The series of that name which have these labels and `label` beside them. */
  of(name: string, labels: ReadonlyMap<string, string>, label: SiblingLabel): ReadonlySet<number> {
    if (this.byRest === null) {
      this.byRest = new Map();
      for (const series of this.all.values()) this.add(series);
    }
    return this.byRest.get(keyOf(name, labels, label)) ?? new Set();
  }

  add({ id, name, labels }: StoredSeries): void {
    if (this.byRest === null) return;
    for (const label of LABELS) {
      if (!labels.has(label)) continue;
      const key = keyOf(name, labels, label);
      const ids = this.byRest.get(key);
      if (ids) ids.add(id);
      else this.byRest.set(key, new Set([id]));
    }
  }

  remove({ id, name, labels }: StoredSeries): void {
    for (const label of LABELS) {
      const ids = labels.has(label) ? this.byRest?.get(keyOf(name, labels, label)) : undefined;
      if (ids?.delete(id) && ids.size === 0) this.byRest!.delete(keyOf(name, labels, label));
    }
  }
}

function keyOf(name: string, labels: ReadonlyMap<string, string>, label: SiblingLabel): string {
  const rest = [...labels].filter(([key, value]) => key !== label && value !== '');
  return JSON.stringify([label, name, ...rest.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
