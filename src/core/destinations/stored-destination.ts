import { z } from 'zod';
import { RedactionRule } from '../../shared/contract/destinations';

/** What `destinations.json` holds of one destination: no secret. */
export const StoredDestination = z.object({
  /** Also the name of its secret's file in Alloy's container. */
  id: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/),
  kind: z.enum(['sumo', 'grafana-cloud', 'otlp']),
  name: z.string().min(1),
  /** OTLP/HTTP base URL without userinfo, query or token. */
  endpoint: z.url({ protocol: /^https?$/ }),
  instanceId: z.string().optional(),
  /** Of kind `otlp`; their values are secrets. */
  headerNames: z.array(z.string()).default([]),
  enabled: z.boolean(),
});
export type StoredDestination = z.infer<typeof StoredDestination>;

export const StoredDestinations = z.object({
  destinations: z.array(StoredDestination).default([]),
  redaction: z.array(RedactionRule).default([]),
  /** What coding agents were told and said goes along. */
  agentContent: z.boolean().optional(),
});
export type StoredDestinations = z.infer<typeof StoredDestinations>;
