/** Prometheus answers at most so many of a kind, and says how many more there are. */
const MAX_SHOWN = 10;

/** What Prometheus' API answers beside the data: each text once, warnings for wrong and infos for suspicious queries. */
export class Annotations {
  readonly #warnings = new Set<string>();
  readonly #infos = new Set<string>();
  /** Positions as lines and columns: each step may make the same note again. */
  readonly #places = new Map<number, string>();

  /** `query` is the text the positions count in. */
  constructor(private readonly query: string) {}

  warn(message: string, position: number): void {
    this.#warnings.add(`PromQL warning: ${message} (${this.#place(position)})`);
  }

  inform(message: string, position: number): void {
    this.#infos.add(`PromQL info: ${message} (${this.#place(position)})`);
  }

  get warnings(): string[] {
    return cap(this.#warnings, 'warning');
  }

  get infos(): string[] {
    return cap(this.#infos, 'info');
  }

  #place(position: number): string {
    const known = this.#places.get(position);
    if (known !== undefined) return known;
    const before = this.query.slice(0, position).split('\n');
    const place = `${before.length}:${this.query === '' ? position + 1 : before.at(-1)!.length + 1}`;
    this.#places.set(position, place);
    return place;
  }
}

function cap(texts: ReadonlySet<string>, kind: string): string[] {
  const shown = [...texts].slice(0, MAX_SHOWN);
  if (texts.size > MAX_SHOWN) shown.push(`${texts.size - MAX_SHOWN} more ${kind} annotations omitted`);
  return shown;
}
