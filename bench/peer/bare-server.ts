import { createServer } from 'node:http2';

// The least a Node process can do to answer a gRPC call: the floor of the start-up figure. Argument: the port.
const server = createServer();
server.on('stream', (stream) => {
  stream.on('error', () => {});
  stream.resume();
  stream.on('end', () => stream.respond({ ':status': 200, 'grpc-status': '0' }, { endStream: true }));
});
server.listen(Number(process.argv[2]), '127.0.0.1');
process.once('disconnect', () => process.exit(0));
