import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ForwardWorkerCommand, ForwardWorkerMessage, ForwardWorkerStart } from './forward-worker-messages';
import { Forwarder } from './forwarder';
import { compileRedaction } from './redact-request';

/** The forward thread of an engine: sends on what is received. */
const { dataDir, retention, end } = workerData as ForwardWorkerStart;
const port = parentPort!;
const post = (message: ForwardWorkerMessage) => port.postMessage(message);

const events = {
  onStats: (stats) => post({ type: 'stats', stats }),
  onNeeded: (from) => post({ type: 'needed', from }),
} satisfies ConstructorParameters<typeof Forwarder>[3];
// Linux counts niceness by thread: where CPU is short, receiving and queries come first.
if (process.platform === 'linux') setPriority(10);
const forwarder = new Forwarder(dataDir, retention, compileRedaction, events, end);

port.on('message', async (command: ForwardWorkerCommand) => {
  if (command.type === 'journal-advanced') forwarder.advanced(command.end);
  else if (command.type === 'retention') forwarder.setRetention(command.retention);
  else if (command.type === 'configure') {
    const problem = await forwarder.configure(command.forward, command.at);
    post({ type: 'configured', requestId: command.requestId, problem });
  } else {
    await forwarder.drain(command.end, command.graceMs);
    post({ type: 'drained' });
    port.close();
  }
});
