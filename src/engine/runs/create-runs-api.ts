import { Hono } from 'hono';
import type { StoreReader } from '../store/reader/reader';
import type { Barrier } from './barrier';
import { serveFindings } from './serve-findings';
import { serveRun } from './serve-run';
import { serveSettled } from './serve-settled';

/** Extensions of Tempo's API for runs. */
export function createRunsApi(barrier: Barrier, reader: StoreReader): { readonly app: Hono } {
  const app = new Hono();
  serveSettled(app, barrier);
  serveRun(app, reader);
  serveFindings(app, reader);
  return { app };
}
