/** Query forms are texts that people and programs write: a PromQL of 100 kB is already rare. */
export const MAX_FORM_BYTES = 1024 * 1024;

/** Bytes of bodies of the query APIs that are held at once, over all requests. */
const MAX_HELD_BYTES = 32 * 1024 * 1024;

export type RequestBody = Uint8Array<ArrayBuffer> | 'too-large' | 'no-room';

/** Reads the bodies of query requests, each and all together within bounds. */
export class RequestBodyReader {
  private held = 0;

  /** The whole body; null where the request has none. Rejects when the client leaves. */
  async read(request: Request): Promise<RequestBody | null> {
    if (Number(request.headers.get('content-length') ?? 0) > MAX_FORM_BYTES) return 'too-large';
    if (request.body === null) return null;
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of request.body as ReadableStream<Uint8Array>) {
        size += chunk.length;
        this.held += chunk.length;
        if (size > MAX_FORM_BYTES) return 'too-large';
        if (this.held > MAX_HELD_BYTES) return 'no-room';
        chunks.push(chunk);
      }
      return Uint8Array.from(Buffer.concat(chunks, size));
    } finally {
      this.held -= size;
    }
  }
}
