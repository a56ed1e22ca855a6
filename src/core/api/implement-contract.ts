import { implement } from '@orpc/server';
import { contract } from '../../shared/contract';
import { mapFailure } from './map-failure';

/** The contract with one middleware: failures of the backend become the contract's errors. */
export function implementContract() {
  return implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw mapFailure(error);
    }
  });
}

export type Implementer = ReturnType<typeof implementContract>;
