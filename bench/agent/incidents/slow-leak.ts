import type { Incident } from '../incident';
import { podsOf } from '../world/pods';

/** Memory of cart grows from its deployment on, and with it what the collector takes; restarts hide it for a while. */
export const slowLeak: Incident = {
  id: 'slow leak',
  task: 'Carts get slower all the while, over the last hour. What grows?',
  cause: 'the memory of cart 5.1.0 grows without end',
  podsAt: (service, minute) => (service === 'cart' && minute >= 5 ? podsOf('cart', '5.1.0', 'b') : undefined),
  alter(call, { minute, random }) {
    if (call.service === 'cart' && call.kind === 'server') call.ms += (minute / 60) * (10 + 30 * random());
  },
  metrics: [
    {
      ...{ service: 'cart', name: 'process.memory.usage' },
      value: (minute, _pod, random) => 2e8 + 2.4e7 * minute + 1e7 * random(),
    },
    {
      ...{ service: 'catalog', name: 'process.memory.usage' },
      value: (_minute, _pod, random) => 6e8 + 2e8 * random(),
    },
  ],
  async solve(ask) {
    await ask('overview', { since: '1h' });
    await ask('explain', { service: 'cart', since: '30m', error: false, against: 'before' });
  },
  evidence: [/cart process_memory_usage/, /cart GET \/cart/],
  named: [/cart/i, /memory/i],
  distractors: [/no candidates/, /catalog process_memory_usage/],
};
