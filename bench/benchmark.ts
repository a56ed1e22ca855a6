import type { Programs } from './build-programs';

export type Row = Record<string, string | number>;

interface BenchmarkOptions {
  readonly programs: Programs;
  /** Of sustained load in each run. */
  readonly seconds: number;
  /** Of the incidents for agents: a shell command that solves them, and words of the one that is meant. */
  readonly solver?: string | undefined;
  readonly only?: string | undefined;
}

/** One benchmark: rows of one table, all with the same keys. */
export type Benchmark = (options: BenchmarkOptions) => Promise<Row[]>;
