/** What was sent, counted by whoever sends it. */
export class Ledger {
  readonly total = { input: 0, output: 0, cacheRead: 0, cacheCreation: 0, usd: 0 };
  add(usage: Partial<typeof this.total>) {
    for (const kind of Object.keys(usage) as (keyof typeof this.total)[]) this.total[kind] += usage[kind]!;
  }
  get sums() {
    return { ...this.total, usd: Number(this.total.usd.toFixed(9)) };
  }
}
