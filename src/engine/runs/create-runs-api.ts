import { Hono } from 'hono';
import type { Barrier } from './barrier';
import { serveSettled } from './serve-settled';

/** Extensions of Tempo's API for runs. */
export function createRunsApi(barrier: Barrier): { readonly app: Hono } {
  const app = new Hono();
  serveSettled(app, barrier);
  return { app };
}
