import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';

export const SearchPage = z.enum(['traces', 'logs', 'metrics']);
export type SearchPage = z.infer<typeof SearchPage>;

/** As long as a query of any backend may be. */
const query = z.string().min(1).max(131_072);
const name = z.string().trim().min(1).max(100);

export const SavedSearch = z.object({
  /** One name is one search of a page. */
  name,
  page: SearchPage,
  query,
  /** Unix milliseconds. */
  at: z.number(),
});
export type SavedSearch = z.infer<typeof SavedSearch>;

export const PastSearch = z.object({ page: SearchPage, query, at: z.number() });
export type PastSearch = z.infer<typeof PastSearch>;

/** Saved ones by name, past ones the newest first. */
export const Searches = z.object({ saved: z.array(SavedSearch), past: z.array(PastSearch) });
export type Searches = z.infer<typeof Searches>;

/** `data` says why, and what to do. */
const errors = { SEARCH: { status: 409, message: 'The search was not kept.', data: Problem } } as const;

/** Queries that a person keeps, and those that were asked last, of this home. */
export const searches = {
  list: oc.output(Searches),
  /** Anew where the page has one of that name; `was` is the name it had, where it gets another. */
  save: oc
    .errors(errors)
    .input(z.object({ name, page: SearchPage, query, was: name.optional() }))
    .output(Searches),
  /** One that is gone already is no error. */
  delete: oc
    .errors(errors)
    .input(z.object({ name, page: SearchPage }))
    .output(Searches),
  /** It was asked: the newest of its page from now on. The 50 last of each page are kept. */
  remember: oc
    .errors(errors)
    .input(z.object({ page: SearchPage, query }))
    .output(Searches),
};
