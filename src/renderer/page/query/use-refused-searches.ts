import { useQuery } from '@tanstack/react-query';
import type { SavedSearch } from '../../../shared/contract/searches';
import { checkQuery } from '../../ui/editor/check-query';
import type { QueryLanguage } from '../../ui/editor/query-language';

/** At once: each is a question to the backend. */
const atOnce = 4;

/** Of saved searches those that the backend in use refuses, and why: a query that once parsed may be of another version. */
export function useRefusedSearches(
  language: QueryLanguage,
  saved: readonly SavedSearch[],
): ReadonlyMap<string, string> {
  const queries = saved.map(({ query }) => query);
  const { data } = useQuery({
    queryKey: ['refused-searches', language, queries],
    queryFn: async () => {
      const refused = new Map<string, string>();
      const waiting = [...new Set(queries)];
      const work = async () => {
        for (let query = waiting.pop(); query !== undefined; query = waiting.pop()) {
          const problem = await checkQuery(language, query);
          if (problem) refused.set(query, problem.message);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return refused;
    },
    enabled: queries.length > 0,
    staleTime: 60_000,
  });
  return data ?? nothing;
}

const nothing: ReadonlyMap<string, string> = new Map();
