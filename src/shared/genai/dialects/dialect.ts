import type { Message, Part, ToolRun } from '../conversation';
import type { Fields } from '../fields';

/** An event of a span, or a log record that was written within it. */
export interface ToldEvent {
  readonly name: string;
  readonly fields: Fields;
  /** Of a log record; empty for none. */
  readonly body: string;
}

/** What a dialect reads. */
export interface SpanSource {
  readonly name: string;
  readonly fields: Fields;
  readonly events: readonly ToldEvent[];
}

/** What was said in a span, as far as one dialect has words for it. */
export interface Said {
  readonly system?: readonly Part[];
  readonly input?: readonly Message[];
  readonly output?: readonly Message[];
  readonly tool?: ToolRun | null;
}

export type Dialect = (source: SpanSource) => Said;
