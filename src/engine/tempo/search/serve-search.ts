import type { Hono } from 'hono';
import type { StoreReader } from '../../store/reader/reader';
import { QUERY_METHODS } from '../answers/query-methods';
import { findTraces } from './find-traces';
import { readSearchRequest } from './read-search-request';
import { SearchAnswer } from './search-answer';

/** `/api/search`. `now` gives Unix milliseconds. */
export function serveSearch(app: Hono, reader: StoreReader, now: () => number): void {
  const paths = ['/api/search', '/api/search/'];
  app.on(QUERY_METHODS, paths, async (context) => {
    const request = readSearchRequest(context.req.query(), now());
    if ('kind' in request) return context.text(request.message, 400);
    const { signal } = context.req.raw;
    const answer = new SearchAnswer(request.query, request.spansPerSpanset, signal);
    const inspected = await findTraces(reader, { ...request, signal }, (found) => answer.add(found));
    return context.body(answer.json(inspected, request.order), 200, { 'content-type': 'application/json' });
  });
}
