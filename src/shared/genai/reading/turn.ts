import type { GenAiSpan, Message, Payload, Tokens, ToolRun } from '../conversation';

export type TurnEntry =
  | { readonly kind: 'message'; readonly message: Message; readonly side: 'system' | 'input' | 'output' }
  /** What the model was given once more: it stands above. */
  | { readonly kind: 'earlier'; readonly messages: readonly Message[] }
  | { readonly kind: 'tool'; readonly run: ToolRun };

/** What one span adds to the conversation. */
export interface Turn {
  readonly span: GenAiSpan;
  readonly name: string;
  readonly service: string;
  /** Nanoseconds after the start of the trace. */
  readonly start: number;
  readonly durationNs: number;
  readonly failed: boolean;
  /** Why it failed, where that is said. */
  readonly failure: string;
  readonly entries: readonly TurnEntry[];
}

/** What came of a call of a tool, from the span in which it ran and from what the model was told. */
export interface ToolOutcome {
  readonly result: Payload | null;
  readonly failed: boolean;
  readonly failure: string;
  /** Of the tool's own span; null and empty without one. */
  readonly durationNs: number | null;
  readonly spanId: string;
}

export interface ModelUse {
  readonly model: string;
  readonly calls: number;
  readonly tokens: Tokens;
  readonly cost: number | null;
}

export interface Conversation {
  /** By their start. */
  readonly turns: readonly Turn[];
  /** By the id of the call. */
  readonly outcomes: ReadonlyMap<string, ToolOutcome>;
  /** Most tokens first. */
  readonly models: readonly ModelUse[];
  /** Tool calls that ran or were asked for. */
  readonly tools: number;
}
