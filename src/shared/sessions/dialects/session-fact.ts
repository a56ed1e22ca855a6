import type { Tokens } from '../usage';

/**
 * Where a fact was told. The same call may be told three times: by the agent's own event, by an event of the GenAI conventions,
 * and by a span. Of one call the first of these counts, and the others add what it lacks.
 */
export type FactOrigin = 'event' | 'genai-event' | 'span';

/** What is known of the session by each fact of it. */
export interface FactHead {
  /** Empty where the item names none: it is then of the session of its trace. */
  readonly session: string;
  /** `AgentId`, or `other`. */
  readonly agent: string;
  readonly agentTitle: string;
  readonly service: string;
  readonly version?: string | undefined;
  readonly repository?: string | undefined;
  readonly folder?: string | undefined;
  readonly origin: FactOrigin;
  /** Unix milliseconds, with fractions. */
  readonly startMs: number;
  readonly endMs: number;
  readonly promptId?: string | undefined;
  /** Which subagent it is of. */
  readonly subagent?: string | undefined;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly parentSpanId?: string | undefined;
}

export interface ModelCallFact {
  readonly kind: 'model-call';
  /** The provider's id of the request: known, a call is counted once whoever tells it. */
  readonly requestId?: string | undefined;
  readonly model: string;
  readonly tokens: Tokens;
  /** Input and output as they were told: the same for each telling of one call. */
  readonly signature: string;
  readonly usd?: number | undefined;
  readonly firstTokenMs?: number | undefined;
  readonly attempt?: number | undefined;
  readonly stopReason?: string | undefined;
  readonly purpose?: string | undefined;
  /** It is the sum of an agent's calls: counts where none of them is known. */
  readonly isSum?: boolean | undefined;
}

/** What one item tells of a tool call; several of one `callId` are one call. */
export interface ToolCallFact {
  readonly kind: 'tool-call';
  readonly callId?: string | undefined;
  readonly tool: string;
  readonly server?: string | undefined;
  readonly arguments?: string | undefined;
  readonly result?: string | undefined;
  readonly ok?: boolean | undefined;
  readonly error?: string | undefined;
  readonly resultBytes?: number | undefined;
  readonly decision?: string | undefined;
  readonly decisionSource?: string | undefined;
  readonly waitedMs?: number | undefined;
  /** Only decided: what became of it is told apart, or never. */
  readonly isDecision?: boolean | undefined;
}

/** What a span below that of a tool call tells of it: its execution, its wait. */
export interface ToolPartFact {
  readonly kind: 'tool-part';
  readonly ok?: boolean | undefined;
  readonly error?: string | undefined;
  readonly decision?: string | undefined;
  readonly decisionSource?: string | undefined;
  readonly waitedMs?: number | undefined;
}

export type FactBody =
  | ModelCallFact
  | ToolCallFact
  | ToolPartFact
  | { readonly kind: 'prompt'; readonly text?: string | undefined; readonly length?: number | undefined }
  | { readonly kind: 'response'; readonly text?: string | undefined; readonly length?: number | undefined }
  /** The span of an agent at work: a turn of the conversation, or a subagent where it is below another's. */
  | {
      readonly kind: 'agent';
      readonly name: string;
      readonly text?: string | undefined;
      /** Of a turn whose prompt is told apart. */
      readonly isTurn?: boolean | undefined;
    }
  | { readonly kind: 'subagent'; readonly name: string; readonly tokens?: number | undefined }
  | {
      readonly kind: 'compaction';
      readonly before?: number | undefined;
      readonly after?: number | undefined;
      readonly trigger?: string | undefined;
    }
  | {
      readonly kind: 'error';
      readonly message: string;
      readonly model?: string | undefined;
      readonly status?: string | undefined;
      readonly attempt?: number | undefined;
    }
  | { readonly kind: 'note'; readonly name: string; readonly text: string }
  | { readonly kind: 'end' }
  /** Nothing but that the session was there. */
  | { readonly kind: 'sign' };

export type SessionFact = FactHead & FactBody;
