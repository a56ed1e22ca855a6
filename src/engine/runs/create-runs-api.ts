import { Hono } from 'hono';
import type { StoreReader } from '../store/reader/reader';
import type { Barrier } from './barrier';
import { serveFindings } from './serve-findings';
import { serveRun } from './serve-run';
import { serveSettled } from './serve-settled';

/** Extensions of Tempo's API for runs. What looks for findings over and over holds up no other question. */
export function createRunsApi(
  barrier: Barrier,
  lanes: { readonly tempo: StoreReader; readonly findings: StoreReader },
): { readonly app: Hono } {
  const app = new Hono();
  serveSettled(app, barrier);
  serveRun(app, lanes.tempo);
  serveFindings(app, lanes.findings);
  return { app };
}
