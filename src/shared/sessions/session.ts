import { z } from 'zod';
import { Run } from '../runs/run';
import { RunDiff } from '../runs/run-diff';
import { costGroupings } from './cost-groupings';
import { SessionEntry } from './session-entry';
import { Cost, ModelUsage, PriceSource, Tokens } from './usage';

/** What a session's numbers were taken from. */
export const SessionSource = z.enum(['events', 'spans', 'metrics']);
export type SessionSource = z.infer<typeof SessionSource>;

/** One conversation with a coding agent, or another agent that tells of itself by the GenAI conventions. */
export const SessionSummary = z.object({
  /** The agent's own, or the id of a trace where it gives none. Hostile as all telemetry: shown as text, never as markup. */
  id: z.string(),
  /** `AgentId` of `shared/agents`, or `other`. */
  agent: z.string(),
  /** `Claude Code`, or what another agent calls itself. */
  agentTitle: z.string(),
  service: z.string(),
  /** Of the agent. */
  version: z.string().optional(),
  /** Unix milliseconds. */
  startedAt: z.number(),
  /** Of the last that is known of it. */
  lastAt: z.number(),
  /** `ended`: the agent said so. Most say nothing: `quiet` has told nothing for five minutes, `active` has. */
  state: z.enum(['active', 'quiet', 'ended']),
  /** Name of the repository, where the agent or a run that it started tells one. */
  repository: z.string().optional(),
  /** Absolute path of the working folder, where the agent tells one. */
  folder: z.string().optional(),
  /** The first prompt, where content is on; at most 200 characters. */
  title: z.string().optional(),
  prompts: z.number(),
  modelCalls: z.number(),
  toolCalls: z.number(),
  /** Of the tool calls: those that failed, and those that asked again for what was known. */
  failedTools: z.number(),
  redundantTools: z.number(),
  /** Model calls that failed; `retries`: those of them, and of the others, that were a further attempt. */
  errors: z.number(),
  retries: z.number(),
  /** How often and how long (milliseconds) a tool waited for the person's word. */
  waits: z.number(),
  waitedMs: z.number(),
  subagents: z.number(),
  compactions: z.number(),
  tokens: Tokens,
  cost: Cost,
  /** By what they cost, then by their tokens. */
  models: z.array(ModelUsage),
  sources: z.array(SessionSource),
  /** Sentences: where what the events say and what the metrics say are not the same. */
  differences: z.array(z.string()),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

/** A run that a session started. */
export const SessionRun = z.object({
  run: Run,
  /** The entry of the tool call that started it. */
  entry: z.string().optional(),
  /**
   * How it is known: by the trace that the agent gave the command, by the session's id in the run's environment, or only by the time
   * (and the working folder, where both tell one).
   */
  by: z.enum(['trace', 'session', 'time']),
  /** Against the run of its name before it. Null: there is none, or the two cannot be compared. */
  diff: z
    .object({
      before: z.string(),
      verdict: RunDiff.shape.verdict,
      changes: z.number(),
      worse: z.number(),
      /** What matters most, at most 3. */
      sentences: z.array(z.string()),
    })
    .nullable(),
});
export type SessionRun = z.infer<typeof SessionRun>;

export const ToolUse = z.object({
  tool: z.string(),
  calls: z.number(),
  failed: z.number(),
  redundant: z.number(),
  /** Milliseconds that they took together. */
  totalMs: z.number(),
});
export type ToolUse = z.infer<typeof ToolUse>;

export const SessionDetail = z.object({
  session: SessionSummary,
  /** By time. Of `total`, those from `offset` on: as many as were asked for. */
  timeline: z.object({ total: z.number(), offset: z.number(), entries: z.array(SessionEntry) }),
  /** What was called most first. */
  tools: z.array(ToolUse),
  /** By their start. */
  runs: z.array(SessionRun),
  prices: PriceSource,
  /** Sentences: what is not told, and why. */
  leftOut: z.array(z.string()),
});
export type SessionDetail = z.infer<typeof SessionDetail>;

export const SessionList = z.object({
  /** Those that did something in the window, the last that did first; their numbers are of the whole session. */
  sessions: z.array(SessionSummary),
  prices: PriceSource,
  leftOut: z.array(z.string()),
});
export type SessionList = z.infer<typeof SessionList>;

export const CostGrouping = z.enum(costGroupings);
export type CostGrouping = z.infer<typeof CostGrouping>;

const CostRow = z.object({
  /** Id of the session or agent, name of the model, repository or tool; empty where it is not known, or there is none. */
  key: z.string(),
  label: z.string(),
  sessions: z.number(),
  calls: z.number(),
  tokens: Tokens,
  cost: Cost,
});
export type CostRow = z.infer<typeof CostRow>;

/** What was used within a window, in groups whose sums are the total's. */
export const CostReport = z.object({
  by: CostGrouping,
  from: z.number(),
  to: z.number(),
  total: CostRow.omit({ key: true, label: true }),
  /** What cost most first. */
  rows: z.array(CostRow),
  prices: PriceSource,
  leftOut: z.array(z.string()),
});
export type CostReport = z.infer<typeof CostReport>;
