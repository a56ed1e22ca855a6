import { z } from 'zod';
import { Tokens } from './usage';

const common = {
  /** Unique within the session, and the same at each reading. */
  id: z.string(),
  /** Unix milliseconds of its start. */
  at: z.number(),
  /** Milliseconds; null where it has none, or tells none. */
  durationMs: z.number().nullable(),
  /** The turn that it belongs to, as the agent numbers them. */
  promptId: z.string().optional(),
  /** Of a subagent, which one. */
  subagent: z.string().optional(),
  /** Where there is a span of it, or one that it was told in. */
  traceId: z.string().optional(),
  spanId: z.string().optional(),
};

/** What the person decided of a tool call, or what decided in their place. */
const Decision = z.object({
  decision: z.string(),
  /** `config`, `user`, `hook`, as the agent says. */
  source: z.string().optional(),
  /** Milliseconds that the call waited for it. */
  waitedMs: z.number().optional(),
});

/** Texts are as they came, cut at 4,000 characters with `…`; null where the agent's content is off. */
const Content = z.string().nullable();

/** One thing that happened in a session. */
export const SessionEntry = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('prompt'), text: Content, length: z.number().optional() }),
  z.object({ ...common, kind: z.literal('response'), text: Content, length: z.number().optional() }),
  z.object({
    ...common,
    kind: z.literal('model-call'),
    model: z.string(),
    tokens: Tokens,
    reportedUsd: z.number().nullable(),
    /** By the price table, where none is reported and the table has the model. */
    estimatedUsd: z.number().nullable(),
    /** Milliseconds until the first token. */
    firstTokenMs: z.number().optional(),
    attempt: z.number().optional(),
    stopReason: z.string().optional(),
    /** What it was made for, as the agent says: `main`, `subagent`, `compact`, `generate_session_title`. */
    purpose: z.string().optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('tool-call'),
    tool: z.string(),
    /** The MCP server that has the tool. */
    server: z.string().optional(),
    callId: z.string().optional(),
    arguments: Content,
    result: Content,
    /** Null: it is not known how it ended. */
    ok: z.boolean().nullable(),
    error: z.string().optional(),
    resultBytes: z.number().optional(),
    decision: Decision.optional(),
    /** Id of the call before that asked for the same, with nothing changed between. */
    repeats: z.string().optional(),
  }),
  /** A subagent from its start to its end. */
  z.object({ ...common, kind: z.literal('subagent'), name: z.string(), tokens: z.number().optional() }),
  z.object({
    ...common,
    kind: z.literal('compaction'),
    before: z.number().optional(),
    after: z.number().optional(),
    trigger: z.string().optional(),
  }),
  /** A model call that failed. */
  z.object({
    ...common,
    kind: z.literal('error'),
    message: z.string(),
    model: z.string().optional(),
    status: z.string().optional(),
    attempt: z.number().optional(),
  }),
  /** What else the agent told: a mode that changed, a server that was connected. */
  z.object({ ...common, kind: z.literal('note'), name: z.string(), text: z.string() }),
]);
export type SessionEntry = z.infer<typeof SessionEntry>;
