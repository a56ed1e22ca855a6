import { parentPort } from 'node:worker_threads';
import type { BodyThreadAnswer, BodyThreadTask } from './body-thread';
import { decodeBody } from './decode-body';

/** The body thread of an engine: decompresses and transcodes what is sent to the receivers. */
const port = parentPort!;

port.on('message', ({ id, body, ...task }: BodyThreadTask) => {
  const decoded = decodeBody(task, body);
  const owned =
    decoded instanceof Uint8Array && decoded.byteLength === decoded.buffer.byteLength
      ? [decoded.buffer as ArrayBuffer]
      : [];
  port.postMessage({ id, body: decoded } satisfies BodyThreadAnswer, owned);
});
