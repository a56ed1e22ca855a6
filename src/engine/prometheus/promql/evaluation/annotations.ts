/** What Prometheus' API answers beside the data: each text once, warnings for wrong and infos for suspicious queries. */
export class Annotations {
  readonly #warnings = new Set<string>();
  readonly #infos = new Set<string>();

  /** `query` is the text the positions count in. */
  constructor(private readonly query: string) {}

  warn(message: string, position: number): void {
    this.#warnings.add(`PromQL warning: ${message} (${this.#place(position)})`);
  }

  inform(message: string, position: number): void {
    this.#infos.add(`PromQL info: ${message} (${this.#place(position)})`);
  }

  get warnings(): string[] {
    return [...this.#warnings];
  }

  get infos(): string[] {
    return [...this.#infos];
  }

  #place(position: number): string {
    const before = this.query.slice(0, position).split('\n');
    return `${before.length}:${this.query === '' ? position + 1 : before.at(-1)!.length + 1}`;
  }
}
