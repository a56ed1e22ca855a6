import { Hono } from 'hono';
import type { StoreReader } from '../store/reader/reader';
import { findSession, listSessions } from './find-sessions';

const MOST_LISTED = 1000;
const MOST_ENTRIES = 2000;

/**
 * Extensions of Tempo's API for sessions of coding agents.
 * `GET /watchtower/sessions?start=MS&end=MS&limit=N`: `AssembledSession`s that did something in the window, the last that did first.
 * `GET /watchtower/session?ref=ID&offset=N&limit=N`: the `AssembledDetail` of one, `several` with the ids where more begin so, 404 for none.
 */
export function createSessionsApi(reader: StoreReader): { readonly app: Hono } {
  const app = new Hono();
  app.get('/watchtower/sessions', async (context) => {
    const { start, end, limit = '50' } = context.req.query();
    const [from, to, most] = [numberOf(start), numberOf(end), numberOf(limit)];
    if (from === null || to === null || from >= to)
      return context.text('start and end are Unix milliseconds, the start before the end\n', 400);
    if (most === null || most < 1 || most > MOST_LISTED)
      return context.text(`limit is a number from 1 to ${MOST_LISTED}\n`, 400);
    return context.json(await listSessions(reader, { from, to }, most, context.req.raw.signal));
  });
  app.get('/watchtower/session', async (context) => {
    const { ref = '', offset, limit = '500' } = context.req.query();
    const [first, most] = [offset === undefined ? undefined : numberOf(offset), numberOf(limit)];
    if (ref === '') return context.text('ref names a session\n', 400);
    if (first === null || most === null || most > MOST_ENTRIES)
      return context.text(`offset is a number, limit one up to ${MOST_ENTRIES}\n`, 400);
    const found = await findSession(reader, ref, { offset: first, limit: most }, context.req.raw.signal);
    return found === null ? context.json({}, 404) : context.json(found);
  });
  return { app };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
