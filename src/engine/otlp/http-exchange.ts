import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders as IncomingHttp2Headers, ServerHttp2Stream } from 'node:http2';
import type { Readable } from 'node:stream';
import { type Caller, callerOf } from '../http/local-callers';

/** One request and its answer, whichever version of HTTP carries them. */
export interface HttpExchange {
  readonly method: string;
  /** The request target as it was sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Null where the request names its host twice. */
  readonly caller: Caller | null;
  readonly body: Readable;
  respond(status: number, headers: OutgoingHttpHeaders, body: Uint8Array): void;
  /** Ends the connection or stream without an answer. */
  abandon(): void;
}

export function http1Exchange(request: IncomingMessage, response: ServerResponse): HttpExchange {
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers: request.headers,
    caller: callerOf(request),
    body: request,
    respond: (status, headers, body) => {
      if (response.headersSent) return;
      response.writeHead(status, { ...headers, 'content-length': body.length });
      response.end(body);
    },
    abandon: () => response.destroy(),
  };
}

export function http2Exchange(stream: ServerHttp2Stream, headers: IncomingHttp2Headers): HttpExchange {
  const hosts = [headers[':authority'], headers.host].filter((host) => host !== undefined);
  return {
    method: headers[':method'] ?? '',
    target: headers[':path'] ?? '',
    headers,
    caller: {
      hosts,
      origin: headers.origin,
      fetchSite: headers['sec-fetch-site']?.toString(),
      fetchMode: headers['sec-fetch-mode']?.toString(),
    },
    body: stream,
    respond: (status, fields, body) => {
      if (stream.headersSent || stream.destroyed || stream.closed) return;
      stream.respond({ ...fields, ':status': status, 'content-length': body.length });
      stream.end(body);
      // What is not read of the request would keep the stream's window closed.
      stream.resume();
    },
    abandon: () => stream.close(),
  };
}
