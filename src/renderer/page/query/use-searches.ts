import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedSearch, Searches, SearchPage } from '../../../shared/contract/searches';
import { client, orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { showToast } from '../../ui/overlays/toast';

interface SearchesControl {
  /** Undefined while they are not there. */
  searches: Searches | undefined;
  /** Why there are none. */
  error: unknown;
  save: (
    search: Pick<SavedSearch, 'name' | 'page' | 'query'> & { was?: string | undefined },
    done?: () => void,
  ) => void;
  remove: (search: Pick<SavedSearch, 'name' | 'page'>) => void;
  /** Nothing is said where it is not kept: what was asked is answered all the same. */
  remember: (page: SearchPage, query: string) => void;
}

/** The searches of this home; `enabled`: they are to be shown. */
export function useSearches(enabled: boolean): SearchesControl {
  const queries = useQueryClient();
  const { data, error } = useQuery(orpc.searches.list.queryOptions({ enabled }));
  const keep = (searches: Searches) => queries.setQueryData(orpc.searches.list.queryKey(), searches);
  const say = (failed: unknown) => showToast('The search was not kept', describeError(failed).message);
  const save = useMutation(orpc.searches.save.mutationOptions({ onSuccess: keep, onError: say }));
  const remove = useMutation(orpc.searches.delete.mutationOptions({ onSuccess: keep, onError: say }));
  return {
    searches: data,
    error,
    save: ({ was, ...search }, done) =>
      save.mutate({ ...search, ...(was !== undefined && { was }) }, { onSuccess: () => done?.() }),
    remove: (search) => remove.mutate(search),
    remember: (page, query) => void client.searches.remember({ page, query }).then(keep, () => {}),
  };
}
