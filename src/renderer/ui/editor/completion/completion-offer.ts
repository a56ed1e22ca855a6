/** One thing that may be written at the caret. */
export interface Offer {
  label: string;
  /** What is written, where that is not the label. */
  insert?: string;
  kind: 'function' | 'keyword' | 'name' | 'value' | 'operator';
  /** A word beside it: its scope, its type. */
  detail?: string;
  /** A line on what it does. */
  info?: string;
}

export interface Offers {
  /** Where in the query what is chosen begins. */
  from: number;
  offers: readonly Offer[];
  /** There are more than these: ask again with what is typed. */
  more?: boolean;
}

/** What a language asks the host while something is typed in it; each answer may be cut to what contains `typed`. */
export interface Asked {
  names: readonly Offer[];
  more?: boolean;
}

/** The last few words decide; `explicit`: the reader asked for it by a key. */
export interface CompletionRequest {
  /** The query up to the caret. */
  text: string;
  explicit: boolean;
  signal: AbortSignal;
}
