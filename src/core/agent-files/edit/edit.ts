import type { Problem } from '../../../shared/problem';

/** A value at a place of a JSON or TOML document. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
  /** A member of the list at `path`, beside others; told from them by its text. */
  readonly inList?: true;
}

/** What a file shall say. */
export type Edit =
  | { readonly kind: 'json' | 'toml'; readonly settings: readonly Setting[] }
  /** A part of a text of others, between marks. */
  | { readonly kind: 'block'; readonly text: string }
  /** A file of its own. */
  | { readonly kind: 'whole'; readonly text: string };

/** What became of a text: undefined is a file that is not there. */
export type Edited = { readonly text: string | undefined } | { readonly problem: Problem };
