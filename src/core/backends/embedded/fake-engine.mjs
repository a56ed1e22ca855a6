// Stands in for the engine in tests of the host: real process, real ports, real messages, no store.
// FAKE_ENGINE chooses a misbehaviour: `deaf` never drains, `crash` ends at once, `mute` takes over no destinations, `ill`
// reports a problem that lasts, one that is over and a fault.
// A destination whose address holds `refused` is refused.
import { createServer } from 'node:net';

const config = JSON.parse(process.argv[2]);
if (process.env.FAKE_ENGINE === 'crash') {
  process.stderr.write('the fake engine gives up\n');
  process.exit(7);
}

const names = { otlpGrpc: 'otlp-grpc', otlpHttp: 'otlp-http', tempo: 'tempo', loki: 'loki', prometheus: 'prometheus' };
const ports = {};
for (const key of Object.keys(names)) {
  const server = createServer((socket) => socket.destroy());
  server.on('error', (error) => {
    const problem = { kind: 'port-in-use', message: `Port ${error.port} is in use.` };
    process.send({ type: 'fatal', problem }, () => process.exit(1));
  });
  await new Promise((resolve) => server.listen(config.ports[key], config.host, resolve));
  ports[key] = server.address().port;
}
process.send({ type: 'listening', ports });
for (const name of [...Object.values(names), 'store']) process.send({ type: 'service', name, state: 'up' });

if (process.env.FAKE_ENGINE === 'ill') {
  const lasting = { kind: 'store-maintenance', message: 'The disk is nearly full.' };
  const over = { kind: 'database-damaged', message: 'The database was damaged.', lifetime: 'until-seen' };
  process.send({ type: 'problem', id: 'store-maintenance', problem: lasting });
  process.send({ type: 'problem', id: 'database-damaged', problem: over });
  const fault = { where: 'loki GET /x', message: 'TypeError: authorization: Bearer CANARY1234', stack: '    at x' };
  process.send({ type: 'log', thread: 'store', ...fault, repeated: 0 });
}
let requests = 0;
const counters = (requests) => ({ spans: requests * 10, logs: 0, points: 0, requests });
function report() {
  requests += 1;
  const stats = {
    at: Date.now(),
    accepted: { ...counters(requests), bytes: 1000 },
    rejected: counters(0),
    stored: { spans: requests * 10, logs: 0, points: 0, series: 0 },
    backlogBytes: 0,
    diskBytes: 4096,
    oldestAt: null,
    residentBytes: process.memoryUsage.rss(),
  };
  process.send({ type: 'stats', stats });
}
function forward({ requestId, forward: { destinations } }) {
  if (process.env.FAKE_ENGINE === 'mute') return;
  const refused = destinations.find(({ endpoint }) => endpoint.includes('refused'));
  if (refused) {
    const problem = { kind: 'destination-invalid', message: `${refused.id} is refused.` };
    return process.send({ type: 'forwarding', requestId, problem });
  }
  const items = { spans: 0, logs: 0, points: 0 };
  const idle = { sent: items, dropped: items, queuedRequests: 0, queueCapacity: 10, bytes: 0, failing: false };
  const stats = destinations.map(({ id }) => ({ id, ...idle, lastSentAt: null, lastError: null }));
  process.send({ type: 'forward-stats', stats });
  process.send({ type: 'forwarding', requestId });
}
report();
setInterval(report, 200);
process.send({ type: 'ready' });
process.on('message', (command) => {
  if (command.type === 'drain' && process.env.FAKE_ENGINE !== 'deaf') process.exit(0);
  if (command.type === 'forward') forward(command);
  if (command.type === 'clean') process.send({ type: 'cleaned', requestId: command.requestId, freedBytes: 4096 });
});
process.on('disconnect', () => process.exit(0));
