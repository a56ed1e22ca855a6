import { BEGINS, type Incident } from '../incident';

const node = 'node-5';

/** A batch job takes the processor of one node: whatever runs there is slow, of several services. */
export const noisyNeighbour: Incident = {
  id: 'noisy neighbour',
  task: 'For a quarter of an hour requests of all kinds are slow now and then. What do the slow ones have in common?',
  cause: `everything on ${node} is slow, since a batch job there takes the processor`,
  alter(call, { minute }, podOf) {
    if (minute >= BEGINS && call.kind === 'server' && call.service !== 'gateway' && podOf(call).host === node)
      call.ms = 40 + 14 * call.ms;
  },
  metrics: [
    {
      service: 'batch-import',
      name: 'process.cpu.utilization',
      value: (minute, _pod, random) => (minute >= BEGINS ? 0.95 : 0.05) + 0.04 * random(),
    },
  ],
  async solve(ask) {
    await ask('explain', { min: '100ms', since: '15m' });
    await ask('explain', { since: '15m', error: false, against: 'before' });
  },
  evidence: [/host\.name=node-5/, /batch-import process_cpu_utilization/],
  named: [/node-5/],
  distractors: [/no candidates/, /deprecated currency field/, /service\.version=5\.1\.0/],
};
