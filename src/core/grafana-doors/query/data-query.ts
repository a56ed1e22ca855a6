import type { z } from 'zod';
import type { DataFrame } from '../frames/data-frame';

/** What every query of a request has, whatever its data source. Times in Unix milliseconds. */
export interface DataQuery {
  refId: string;
  /** Milliseconds between two points that the client draws. */
  intervalMs: number;
  maxDataPoints: number;
  from: number;
  to: number;
  /** With what only its data source understands. */
  model: Readonly<Record<string, unknown>>;
}

export interface QueryOutcome {
  frames: readonly DataFrame[];
  /** As an HTTP status. */
  status: number;
  error?: string;
  /** Of an error: what was asked gave it, or what was sent. */
  errorSource?: 'downstream' | 'plugin';
}

export function refuseQuery(error: string, status = 400): QueryOutcome {
  return { frames: [], status, error, errorSource: 'plugin' };
}

/** The part of a query that its data source understands; text where it is none, which says why. */
export function readModel<Schema extends z.ZodType>(schema: Schema, { model }: DataQuery): z.output<Schema> | string {
  const read = schema.safeParse(model);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return `bad query: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`;
}
