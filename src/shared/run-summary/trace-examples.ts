/** One span as an example of its shape. */
export interface ShapeExample {
  readonly traceId: string;
  /** Unix nanoseconds as digits. */
  readonly startNs: string;
  readonly durationNs: number;
  readonly failed: boolean;
}

/** At most three traces that show a shape: the first, the slowest, one that failed; the same ones in whatever order they come. */
export class TraceExamples {
  #first: ShapeExample | undefined;
  #slowest: ShapeExample | undefined;
  #failed: ShapeExample | undefined;

  add(example: ShapeExample): void {
    if (!this.#first || isEarlier(example, this.#first)) this.#first = example;
    if (!this.#slowest || isSlower(example, this.#slowest)) this.#slowest = example;
    if (example.failed && (!this.#failed || isEarlier(example, this.#failed))) this.#failed = example;
  }

  finish(): string[] {
    return [...new Set([this.#first, this.#slowest, this.#failed].flatMap((each) => (each ? [each.traceId] : [])))];
  }
}

function isEarlier(a: ShapeExample, b: ShapeExample): boolean {
  if (a.startNs.length !== b.startNs.length) return a.startNs.length < b.startNs.length;
  return a.startNs < b.startNs || (a.startNs === b.startNs && a.traceId < b.traceId);
}

function isSlower(a: ShapeExample, b: ShapeExample): boolean {
  return a.durationNs > b.durationNs || (a.durationNs === b.durationNs && isEarlier(a, b));
}
