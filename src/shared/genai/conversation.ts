/** A text that may be JSON, as it was sent. */
export interface Payload {
  readonly text: string;
  /** Its end is missing. */
  readonly cut: boolean;
}

/** A piece of a message. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'tool-call'; readonly id: string; readonly name: string; readonly given: Payload }
  | {
      readonly kind: 'tool-result';
      /** Of the call that it answers; empty where that is not said. */
      readonly id: string;
      readonly name: string;
      readonly result: Payload;
      readonly failed: boolean;
    }
  | Media
  /** What none of the dialects names: shown as it came. */
  | { readonly kind: 'unknown'; readonly type: string; readonly content: Payload };

/** A picture, a sound, a file: told of, never fetched or drawn. */
export interface Media {
  readonly kind: 'media';
  readonly what: 'image' | 'audio' | 'video' | 'file';
  /** Media type, such as `image/png`; empty where it is not said. */
  readonly type: string;
  /** Of what came along; null where it lies elsewhere. */
  readonly bytes: number | null;
  /** Name, id or address of it; empty for none. */
  readonly name: string;
}

export interface Message {
  /** `system`, `user`, `assistant` and `tool` in the first place; whatever was sent. */
  readonly role: string;
  /** Of the participant; empty for none. */
  readonly name: string;
  readonly parts: readonly Part[];
  /** Why the model stopped here; empty where that is not said. */
  readonly finish: string;
}

/** Counts as they were reported. Whether `input` has the cached ones in it differs from one dialect to the next. */
export interface Tokens {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly reasoning?: number;
  readonly total?: number;
}

/** A value of which the end is missing. */
export interface CutValue {
  readonly key: string;
  /** Of the whole value, bytes; null where whoever cut it did not say. */
  readonly bytes: number | null;
}

export interface ToolRun {
  readonly id: string;
  readonly name: string;
  readonly given: Payload | null;
  readonly result: Payload | null;
}

/** What work a span stands for. */
export type Work = 'model' | 'tool' | 'agent' | 'other';

/** All that one span says about generative AI. */
export interface GenAiSpan {
  readonly spanId: string;
  readonly work: Work;
  /** As it was sent: `chat`, `invoke_agent`, `ai.generateText`; empty where it was not. */
  readonly operation: string;
  /** Empty for what is not told. */
  readonly provider: string;
  readonly model: string;
  /** Where it is not the one that answered. */
  readonly askedModel: string;
  readonly agent: string;
  readonly system: readonly Part[];
  readonly input: readonly Message[];
  readonly output: readonly Message[];
  readonly tool: ToolRun | null;
  readonly tokens: Tokens;
  /** US dollars, as reported; null where none was. */
  readonly cost: number | null;
  readonly finish: readonly string[];
  readonly cut: readonly CutValue[];
}
