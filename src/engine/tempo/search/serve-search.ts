import type { Hono } from 'hono';
import type { StoreReader } from '../../store/reader';
import { encodeSearch } from './encode-search';
import { findTraces } from './find-traces';
import { readSearchRequest } from './read-search-request';

/** `/api/search`. `now` gives Unix milliseconds. */
export function serveSearch(app: Hono, reader: StoreReader, now: () => number): void {
  const paths = ['/api/search', '/api/search/'];
  app.on('GET', paths, async (context) => {
    const request = readSearchRequest(context.req.query(), now());
    if ('kind' in request) return context.text(request.message, 400);
    const result = await findTraces(reader, { ...request, signal: context.req.raw.signal });
    return context.json(encodeSearch(result, request.query, request.spansPerSpanset));
  });
}
