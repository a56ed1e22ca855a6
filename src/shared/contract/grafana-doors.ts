import { z } from 'zod';

/** Grafana's doors: the routes of its HTTP API that its tools use, in front of the embedded engine. */
export const GrafanaDoors = z.object({
  /**
   * Closed because nobody wants them, open, wanted while something else has the port, or wanted while another backend stands behind
   * the ports.
   */
  state: z.enum(['off', 'open', 'held', 'resting']),
  /** Where they answer, or would. */
  url: z.string(),
  /** A sentence: who has the port, or where the Grafana of the other backend is. */
  because: z.string().optional(),
  /** Calls that were answered since the host started. */
  answered: z.number(),
  /** Calls that were made and are not there, at most 50 kinds: method and path, and how often. */
  missing: z.array(z.object({ call: z.string(), count: z.number() })),
});
export type GrafanaDoors = z.infer<typeof GrafanaDoors>;

/** What a client of the doors signs in with: either. Both only read, and only from this machine. */
export const GrafanaAccess = z.object({
  url: z.string(),
  user: z.string(),
  password: z.string(),
  /** As a service account's. The same over restarts. */
  token: z.string(),
});
export type GrafanaAccess = z.infer<typeof GrafanaAccess>;
