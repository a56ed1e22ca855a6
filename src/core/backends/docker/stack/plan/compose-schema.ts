import { z } from 'zod';
import { parseDuration } from './parse-duration';
import { parsePort } from './parse-port';
import { parseSize } from './parse-size';
import { StackServiceName } from './stack-service-name';

function parsed<Value>(parse: (text: string) => Value | null, expected: string) {
  return z.union([z.string(), z.number()]).transform((text, context) => {
    const value = parse(String(text));
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: `"${text}" is not ${expected}` });
    return z.NEVER;
  });
}

const duration = parsed(parseDuration, 'a duration such as 10s');
const size = parsed(parseSize, 'a size such as 512m');
const words = z.array(z.string());
const scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** `KEY: value` or `- KEY=value`. */
const pairs = z.union([
  scalars.transform((map) => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value ?? '')]))),
  words.transform((list) => Object.fromEntries(list.map(splitPair))),
]);

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

const dependency = z.strictObject({
  condition: z.enum(['service_started', 'service_healthy']).default('service_started'),
  restart: z.boolean().optional(),
  required: z.literal(true).optional(),
});

const volumeMount = z
  .string()
  .regex(/^[\w.-]+:\/[^:]*(:ro)?$/, 'only NAME:/PATH of a named volume is supported')
  .transform((text) => {
    const [volume, target, mode] = text.split(':') as [string, string, string?];
    return { volume, target, readOnly: mode === 'ro' };
  });

/** One service. Strict: a key that Watchtower does not carry out is an error, never ignored. */
const ComposeService = z.strictObject({
  image: z.string().min(1),
  entrypoint: words.optional(),
  command: words.optional(),
  user: z.string().optional(),
  environment: pairs.default({}),
  labels: pairs.default({}),
  volumes: z.array(volumeMount).default([]),
  ports: z.array(parsed(parsePort, 'of the form 127.0.0.1:PORT:PORT')).default([]),
  configs: z
    .array(
      z.strictObject({
        source: z.string(),
        target: z.string().startsWith('/'),
        mode: z.number().int().default(0o444),
        uid: z.string().regex(/^\d+$/).optional(),
        gid: z.string().regex(/^\d+$/).optional(),
      }),
    )
    .default([]),
  extra_hosts: words.default([]),
  restart: z.enum(['no', 'always', 'unless-stopped', 'on-failure']).default('no'),
  mem_limit: size.optional(),
  cpus: z.coerce.number().positive().optional(),
  healthcheck: z
    .strictObject({
      test: z.union([words, z.string().transform((command) => ['CMD-SHELL', command])]),
      interval: duration.optional(),
      timeout: duration.optional(),
      start_period: duration.optional(),
      retries: z.number().int().optional(),
    })
    .optional(),
  stop_grace_period: duration.optional(),
  read_only: z.boolean().optional(),
  security_opt: words.optional(),
  cap_drop: words.optional(),
  depends_on: z
    .union([
      z.partialRecord(StackServiceName, dependency),
      z
        .array(StackServiceName)
        .transform((names) => Object.fromEntries(names.map((name) => [name, dependency.parse({})]))),
    ])
    .default({}),
});
export type ComposeService = z.infer<typeof ComposeService>;

const ComposeKeys = z.strictObject({
  name: z.string(),
  services: z.record(StackServiceName, ComposeService),
  configs: z.record(z.string(), z.strictObject({ file: z.string() })).default({}),
  volumes: z.record(z.string(), z.strictObject({}).nullable()).default({}),
});
export type ComposeFile = z.infer<typeof ComposeKeys>;

/** The keys of a compose file that Watchtower carries out; `x-…` at the top level are notes, as in Compose. */
export const ComposeFile = z
  .record(z.string(), z.unknown())
  .transform((document) => Object.fromEntries(Object.entries(document).filter(([key]) => !key.startsWith('x-'))))
  .pipe(ComposeKeys);
