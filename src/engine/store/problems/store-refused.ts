import type { Problem } from '../../../shared/problem';

/** The database is not opened, for a cause that is no damage: it is left as it was. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';

  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.message, options);
  }
}
