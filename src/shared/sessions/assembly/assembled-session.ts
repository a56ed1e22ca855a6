import type { SessionSource, SessionSummary, ToolUse } from '../session';
import type { SessionEntry } from '../session-entry';
import type { Tokens } from '../usage';

/** What one model used, for one tool. */
export interface UsageRow {
  readonly model: string;
  /** The tool that was called with the answers; empty where none was. */
  readonly tool: string;
  readonly calls: number;
  readonly tokens: Tokens;
  /** Of the tokens, those whose cost was not reported. */
  readonly unreported: Tokens;
  /** Null where none was reported. */
  readonly usd: number | null;
}

type Counts = Pick<
  SessionSummary,
  | 'prompts'
  | 'modelCalls'
  | 'toolCalls'
  | 'failedTools'
  | 'redundantTools'
  | 'errors'
  | 'retries'
  | 'waits'
  | 'waitedMs'
  | 'subagents'
  | 'compactions'
>;

/** A session as its telemetry tells it, before anything is estimated. */
export interface AssembledSession extends Counts {
  readonly id: string;
  readonly agent: string;
  readonly agentTitle: string;
  readonly service: string;
  readonly version?: string | undefined;
  readonly repository?: string | undefined;
  readonly folder?: string | undefined;
  readonly title?: string | undefined;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly lastAt: number;
  /** The agent said that it is over. */
  readonly ended: boolean;
  readonly usage: readonly UsageRow[];
  /** Of `usage`, what lies in the window that was asked for. */
  readonly within: readonly UsageRow[];
  readonly sources: readonly SessionSource[];
  readonly differences: readonly string[];
  /** Those that it is told in, the newest 500. */
  readonly traceIds: readonly string[];
}

/** A tool call, as far as a run is to be found that it started. */
export interface ToolPlace {
  readonly entry: string;
  readonly tool: string;
  /** Unix milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Its span and those below it that are known: what the command got as its parent. */
  readonly spanIds: readonly string[];
}

export interface AssembledDetail {
  readonly session: AssembledSession;
  readonly total: number;
  readonly offset: number;
  readonly entries: readonly SessionEntry[];
  readonly tools: readonly ToolUse[];
  readonly places: readonly ToolPlace[];
  readonly leftOut: readonly string[];
}
