import { z } from 'zod';

/** What can be asked without a query language. */
export const plainFilters = {
  service: z.string().optional(),
  name: z.string().optional(),
  text: z.string().optional(),
  error: z.boolean().optional(),
  min: z.string().optional(),
  where: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
};

export interface PlainFilters {
  service?: string | undefined;
  /** Part of a span's or a metric's name. */
  name?: string | undefined;
  /** What a line contains. */
  text?: string | undefined;
  error?: boolean | undefined;
  /** Least duration of a span. */
  min?: string | undefined;
  where?: Readonly<Record<string, string | number | boolean>> | undefined;
}
