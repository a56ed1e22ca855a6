/** Different calls that are kept; a client that asks for many more is told all the same. */
const mostKinds = 50;
const mostCharacters = 120;

export interface MissingCall {
  /** Method and path, without its query. */
  call: string;
  count: number;
}

/** Counts what was answered, and keeps what was asked for and is not there. */
export class CallBook {
  private answeredCalls = 0;
  private readonly missed = new Map<string, number>();

  constructor(private readonly onMissing: (call: string) => void) {}

  answered(): void {
    this.answeredCalls += 1;
  }

  /** Says it the first time. */
  missing(method: string, path: string): void {
    const shown = path.replace(/[^\x20-\x7e]/g, '?').slice(0, mostCharacters);
    const call = `${method} ${shown}`;
    const count = this.missed.get(call);
    if (count === undefined && this.missed.size >= mostKinds) return;
    this.missed.set(call, (count ?? 0) + 1);
    if (count === undefined) this.onMissing(call);
  }

  describe(): { answered: number; missing: MissingCall[] } {
    return {
      answered: this.answeredCalls,
      missing: [...this.missed].map(([call, count]) => ({ call, count })),
    };
  }
}
