import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The least that takes OTLP/HTTP: reads requests and answers 200, or with the argument `hang` never answers. Sends its
// port to the parent.
const hangs = process.argv[2] === 'hang';
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (!hangs) response.end();
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));
