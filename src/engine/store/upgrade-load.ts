import { Store } from './store';

/** A process for tests to kill: opens the database that is its argument. */
Store.open({ path: process.argv[2]!, now: Date.now });
