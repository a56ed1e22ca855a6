import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';

const name = z.string().trim().min(1).max(60);
const httpUrl = z.url({ protocol: /^https?$/ });
/** Never given back by any procedure. */
const secret = z.string().trim().min(1).max(8192);
const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/);

/** What a person fills in. A secret that is left out of an update stays as it was. */
export const DestinationInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sumo'),
    name,
    /** The presigned URL as Sumo Logic shows it (its token is cut out and kept as the secret), or the URL without one. */
    endpoint: httpUrl,
    token: secret.optional(),
  }),
  z.object({
    kind: z.literal('grafana-cloud'),
    name,
    /** `https://otlp-gateway-prod-REGION.grafana.net/otlp` */
    endpoint: httpUrl,
    instanceId: z.string().regex(/^\d+$/, 'The instance id is a number.'),
    token: secret.optional(),
  }),
  z.object({
    kind: z.literal('otlp'),
    name,
    /** OTLP/HTTP base URL: `/v1/traces`, `/v1/metrics` and `/v1/logs` are added. */
    endpoint: httpUrl,
    /** Values are secrets as well. Left out: as they were. */
    headers: z
      .array(z.object({ name: headerName, value: secret }))
      .max(20)
      .optional(),
  }),
]);
export type DestinationInput = z.infer<typeof DestinationInput>;

/** Items, since the sending was last switched on. */
const Items = z.object({ spans: z.number(), logs: z.number(), points: z.number() });

export const Delivery = z.object({
  /**
   * `off` · `waiting`: nothing was sent yet · `sending` · `failing`: the newest try failed, and is tried again or was
   * refused for good (`lastError.lost`).
   */
  state: z.enum(['off', 'waiting', 'sending', 'failing']),
  sent: Items,
  /** Given up: the queue was full, the destination refused them, or it stayed away too long. */
  dropped: Items,
  /** Items (docker) or requests (embedded) that wait; the unit stands beside it. */
  queued: z.number(),
  queueUnit: z.enum(['requests', 'items']),
  queueCapacity: z.number(),
  /** Of the requests answered with success: compressed (embedded) or before compression (docker). Null where uncounted. */
  bytes: z.number().nullable(),
  /** Values of coding agents' content that were left out of what was sent; missing where that is not counted (docker). */
  withheld: z.number().optional(),
  /** Unix milliseconds. */
  lastSentAt: z.number().nullable(),
  lastError: z
    .object({
      /** Unix milliseconds. */
      at: z.number(),
      message: z.string(),
      /** Of HTTP; null when no answer came or it is not known. */
      status: z.number().nullable(),
      /** What was sent is not tried again. */
      lost: z.boolean(),
    })
    .nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

export const Destination = z.object({
  id: z.string(),
  kind: z.enum(['sumo', 'grafana-cloud', 'otlp']),
  name: z.string(),
  /** Without any secret. */
  endpoint: z.string(),
  instanceId: z.string().optional(),
  headerNames: z.array(z.string()),
  /** False when the keychain or the file lost it: it has to be given again. */
  hasSecret: z.boolean(),
  enabled: z.boolean(),
  delivery: Delivery,
  problem: Problem.optional(),
});
export type Destination = z.infer<typeof Destination>;

/**
 * What happens to an attribute before a copy is sent; what the backend keeps stays as it came. `keys` and `values`
 * are regular expressions (RE2): `keys` matches the whole name, `values` a part of a string value or of a log line.
 * `drop` and `hash` take keys; `mask` replaces the part that `values` matches by `replacement` (literally: `$1` is no
 * reference), in the attributes that `keys` names, else in every attribute and in log lines. Rules work in their order,
 * each on what the one before it left, on the attributes of resources, scopes, spans, events, links, log records,
 * data points and exemplars (Alloy, in the Docker backend, reaches no links and exemplars: they pass there).
 *
 * By kind of value: `drop` removes any. `hash` leaves the SHA-256 (hex) of the value's text: a string itself, a number in
 * decimal, `true` or `false`; of a list, a map or bytes nothing leaves in clear, but its hash may differ from backend to
 * backend. `mask` changes strings alone: what stands inside of lists and maps, and log bodies that are no string, pass.
 */
export const RedactionRule = z.discriminatedUnion('action', [
  z.object({ action: z.literal('drop'), keys: z.string().min(1).max(500), enabled: z.boolean().default(true) }),
  z.object({ action: z.literal('hash'), keys: z.string().min(1).max(500), enabled: z.boolean().default(true) }),
  z.object({
    action: z.literal('mask'),
    keys: z.string().max(500).optional(),
    values: z.string().min(1).max(500),
    replacement: z.string().max(100).default('***'),
    enabled: z.boolean().default(true),
  }),
]);
export type RedactionRule = z.infer<typeof RedactionRule>;

export const DestinationsStatus = z.object({
  destinations: z.array(Destination),
  redaction: z.array(RedactionRule),
  /** What coding agents were told and said goes along; else it is left out of every copy. */
  agentContent: z.boolean().optional(),
  /** Where secrets are kept, in words: "the system's keychain", "a file that only this user can read". */
  secretStore: z.string(),
  /** `switching`: the backend is being changed to what is chosen; `failed`: the old setting is still in force. */
  change: z.object({ state: z.enum(['done', 'switching', 'failed']), problem: Problem.optional() }),
});
export type DestinationsStatus = z.infer<typeof DestinationsStatus>;

export const TestResult = z.object({
  ok: z.boolean(),
  /** Unix milliseconds of when the span left. */
  at: z.number(),
  /** HTTP status; null when no answer came. */
  status: z.number().nullable(),
  /** What came back in words, secrets masked. */
  message: z.string(),
  hint: z.string().optional(),
  milliseconds: z.number(),
});
export type TestResult = z.infer<typeof TestResult>;

/** One string that a rule changes, in telemetry that is kept now. `after` is null where it is dropped. */
const RedactionSample = z.object({
  signal: z.enum(['traces', 'logs', 'metrics']),
  service: z.string(),
  /** Where it stands: `span.http.url`, `resource.host.name`, `log line`. */
  place: z.string(),
  before: z.string(),
  after: z.string().nullable(),
});
export const RedactionPreview = z.object({
  samples: z.array(RedactionSample),
  inspected: z.object({ spans: z.number(), logs: z.number() }),
  changed: z.number(),
});
export type RedactionPreview = z.infer<typeof RedactionPreview>;

/** `data` says what is wrong and what to do. */
const destinationErrors = {
  DESTINATION: { status: 409, message: 'The destination could not be changed.', data: Problem },
} as const;
const destinationCall = oc.errors(destinationErrors);
const id = z.object({ id: z.string() });

export const destinations = {
  /** Every change, at most twice a second; the first value at once. */
  status: oc.output(eventIterator(DestinationsStatus)),
  snapshot: oc.output(DestinationsStatus),
  add: destinationCall.input(DestinationInput).output(Destination),
  update: destinationCall.input(id.extend({ destination: DestinationInput })).output(Destination),
  remove: destinationCall.input(id).output(DestinationsStatus),
  /** One span goes to it, whether it is switched on or not. */
  test: destinationCall.input(id).output(TestResult),
  /** Resolves when the backend runs with it and was checked, or is back on the old setting. All of them without an id. */
  toggle: destinationCall
    .input(z.object({ id: z.string().optional(), enabled: z.boolean() }))
    .output(DestinationsStatus),
  setRedaction: destinationCall.input(z.object({ rules: z.array(RedactionRule).max(50) })).output(DestinationsStatus),
  /** Whether what coding agents were told and said goes along. */
  setAgentContent: destinationCall.input(z.object({ on: z.boolean() })).output(DestinationsStatus),
  /** What these rules would do to the newest telemetry that is kept. */
  preview: destinationCall.input(z.object({ rules: z.array(RedactionRule).max(50) })).output(RedactionPreview),
};
