/** Nanoseconds since 1970; `to` is beyond the range. */
export interface TimeRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** A set of times as ranges that neither touch nor overlap, in their order. */
export class TimeRanges {
  private ranges: TimeRange[] = [];

  add(range: TimeRange): void {
    if (range.from >= range.to) return;
    const apart = this.ranges.filter(({ from, to }) => to < range.from || from > range.to);
    let { from, to } = range;
    for (const one of this.ranges) {
      if (one.to < range.from || one.from > range.to) continue;
      if (one.from < from) from = one.from;
      if (one.to > to) to = one.to;
    }
    this.ranges = [...apart, { from, to }].sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  /** The parts of a range that are not in the set. */
  missing({ from, to }: TimeRange): TimeRange[] {
    const gaps: TimeRange[] = [];
    let at = from;
    for (const range of this.ranges) {
      if (range.to <= at) continue;
      if (range.from >= to) break;
      if (range.from > at) gaps.push({ from: at, to: range.from });
      at = range.to;
    }
    if (at < to) gaps.push({ from: at, to });
    return gaps;
  }

  overlaps(range: TimeRange): boolean {
    return this.ranges.some(({ from, to }) => from < range.to && range.from < to);
  }

  clear(): void {
    this.ranges = [];
  }
}
