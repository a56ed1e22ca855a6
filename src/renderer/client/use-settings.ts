import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../shared/contract/host';
import { orpc } from './contract-client';

/** Undefined until the host has answered. */
export function useSettings(): Settings | undefined {
  return useQuery(orpc.host.settings.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data;
}

/** Shows the change at once; the host's answer is what counts. */
export function useUpdateSettings() {
  const cache = useQueryClient();
  const key = orpc.host.settings.queryKey();
  return useMutation(
    orpc.host.updateSettings.mutationOptions({
      onMutate: (patch) => {
        const before = cache.getQueryData(key);
        if (before) cache.setQueryData(key, { ...before, ...patch } as Settings);
        return { before };
      },
      onSuccess: (settings) => cache.setQueryData(key, settings),
      onError: (_error, _patch, context) => cache.setQueryData(key, context?.before),
    }),
  );
}
