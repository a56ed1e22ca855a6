export const signals = ['traces', 'logs', 'metrics'] as const;
export type Signal = (typeof signals)[number];

/** What was seen of each snippet, as a table: language × protocol × signal. */
export class SnippetMatrix {
  private readonly rows: string[][] = [];

  add(language: string, protocol: string, arrived: Readonly<Record<Signal, boolean>>): void {
    this.rows.push([language, protocol, ...signals.map((signal) => (arrived[signal] ? 'arrived' : 'MISSING'))]);
  }

  addNotRun(language: string, reason: string): void {
    this.rows.push([language, `not run: ${reason}`]);
  }

  toString(): string {
    const table = [['language', 'protocol', ...signals], ...this.rows];
    return table
      .map((row) =>
        row
          .map((cell) => cell.padEnd(16))
          .join('')
          .trimEnd(),
      )
      .join('\n');
  }
}
