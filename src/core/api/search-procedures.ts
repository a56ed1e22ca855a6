import { ORPCError } from '@orpc/server';
import type { Problem } from '../../shared/problem';
import type { SearchBook } from '../searches/search-book';
import type { Implementer } from './implement-contract';

export interface SearchDependencies {
  searches: SearchBook;
}

/** Queries that are kept. */
export function createSearchProcedures(os: Implementer, { searches }: SearchDependencies) {
  const after = async (change: Promise<Problem | null>) => {
    const problem = await change;
    if (problem) throw new ORPCError('SEARCH', { status: 409, message: problem.message, data: problem });
    return searches.list();
  };
  return os.searches.router({
    list: os.searches.list.handler(() => searches.list()),
    save: os.searches.save.handler(({ input: { was, ...search } }) => after(searches.save(search, was))),
    delete: os.searches.delete.handler(({ input }) => after(searches.delete(input.name, input.page))),
    remember: os.searches.remember.handler(({ input }) => after(searches.remember(input.page, input.query))),
  });
}
