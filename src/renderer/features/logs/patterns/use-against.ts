import { useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';

/** Marks and runs that patterns can be held against; none until they are known, or where they cannot be asked for. */
export function useAgainst() {
  const marks = useQuery({
    queryKey: ['log-marks'],
    queryFn: ({ signal }) => client.marks.list(undefined, { signal }),
    retry: false,
  });
  const runs = useQuery({
    queryKey: ['log-runs'],
    queryFn: ({ signal }) => client.runs.list({ limit: 20 }, { signal }),
    retry: false,
  });
  return {
    marks: marks.data?.marks ?? [],
    runs: runs.data?.runs ?? [],
    isKnown: !marks.isPending && !runs.isPending,
  };
}
