import { useCallback, useState } from 'react';
import type { TestResult } from '../../../shared/contract/destinations';
import type { Problem } from '../../../shared/problem';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';

export type DestinationTest =
  | { state: 'running' }
  | { state: 'done'; result: TestResult }
  /** The test itself could not be made. */
  | { state: 'refused'; problem: Problem };

export interface DestinationTests {
  /** By the destination's id: the last test while the page is shown. */
  tests: Readonly<Record<string, DestinationTest>>;
  run: (id: string) => void;
}

/** One span goes to the destination each time. */
export function useDestinationTests(): DestinationTests {
  const [tests, setTests] = useState<Record<string, DestinationTest>>({});
  const run = useCallback((id: string) => {
    const set = (test: DestinationTest) => setTests((before) => ({ ...before, [id]: test }));
    set({ state: 'running' });
    client.destinations.test({ id }).then(
      (result) => set({ state: 'done', result }),
      (error: unknown) => set({ state: 'refused', problem: describeError(error) }),
    );
  }, []);
  return { tests, run };
}
