import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';

/** The APIs that are asked; what they keep is the other side's. */
export const QueryApi = z.enum(['tempo', 'loki', 'prometheus']);
export type QueryApi = z.infer<typeof QueryApi>;

/** As a person types it: read, and refused by name, in `backends/external`. */
const address = z.string().trim().max(2048);
const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/);

export const ExternalHeader = z.object({
  name: headerName,
  /** Sent to this API alone, instead of the one of the same name for all. */
  api: QueryApi.optional(),
});
export type ExternalHeader = z.infer<typeof ExternalHeader>;

/** Where a backend answers that somebody else runs. Holds no secret. */
export const ExternalSettings = z.object({
  /** Base URLs: `https://HOST/PATH`, up to where the API's own path begins. At least one of the three; empty where there is none. */
  tempo: address,
  loki: address,
  /** Of a Mimir with `/prometheus` at its end. */
  prometheus: address,
  /** Where apps send to. Without any of the two, the backend only answers queries. */
  otlpGrpc: address.optional(),
  otlpHttp: address.optional(),
  /** `X-Scope-OrgID` of every request. */
  tenant: z.string().trim().min(1).max(150).optional(),
  /** PEM file with authorities that are trusted beside the system's. */
  caFile: z.string().trim().min(1).max(4096).optional(),
  headers: z.array(ExternalHeader).max(20),
});
export type ExternalSettings = z.infer<typeof ExternalSettings>;

/** What a person fills in. The value of a header that is left out stays as it was. */
export const ExternalInput = ExternalSettings.extend({
  headers: z.array(ExternalHeader.extend({ value: z.string().trim().min(1).max(8192).optional() })).max(20),
});
export type ExternalInput = z.infer<typeof ExternalInput>;

export const ExternalStatus = z.object({
  /** Null before it was set up. */
  settings: ExternalSettings.nullable(),
  /** False when the keychain or the file lost a header's value: it has to be given again. */
  hasSecrets: z.boolean(),
  /** Where the values of headers are kept, in words. */
  secretStore: z.string(),
});
export type ExternalStatus = z.infer<typeof ExternalStatus>;

/** What came of asking one address once. */
export const ExternalTrial = z.object({
  name: z.enum([...QueryApi.options, 'otlpGrpc', 'otlpHttp']),
  title: z.string(),
  url: z.string(),
  /** What is wrong, and what to do; without it the API answered as it should. */
  problem: Problem.optional(),
  milliseconds: z.number(),
});
export type ExternalTrial = z.infer<typeof ExternalTrial>;

/** `data` says what is wrong with the input, or why it was not kept. */
const call = oc.errors({ BACKEND: { status: 409, message: 'The backend could not be set.', data: Problem } });

/** Of the external backend, whichever stands behind the ports. */
export const external = {
  external: oc.output(ExternalStatus),
  /** Kept, and in force at once where it is the one that is asked. Nothing is asked to find out whether it works: see `tryExternal`. */
  setExternal: call.input(ExternalInput).output(ExternalStatus),
  /** Asks each address once, at most five seconds, and keeps nothing. Without an input: as it is set. */
  tryExternal: call.input(ExternalInput.optional()).output(z.array(ExternalTrial)),
};
