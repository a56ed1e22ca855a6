import { BEGINS, type Incident } from '../incident';

/** Spans show that inventory is slow; why, only its metrics: its processes may not use the processor. */
export const onlyInMetrics: Incident = {
  id: 'only in metrics',
  task: 'Reserving stock is slow since a quarter of an hour, and nothing was deployed. Why?',
  cause: 'the containers of inventory are throttled',
  alter(call, { minute, random }) {
    if (minute >= BEGINS && call.service === 'inventory' && call.kind === 'server') call.ms += 60 + 200 * random();
  },
  metrics: [
    {
      ...{ service: 'inventory', name: 'container.cpu.throttled.periods', counter: true as const },
      value: (minute, _pod, random) => (minute >= BEGINS ? 8 : 0.1) * (0.8 + 0.4 * random()),
    },
    {
      service: 'inventory',
      name: 'db.client.connection.pending_requests',
      value: (_minute, _pod, random) => Math.floor(3 * random()),
    },
  ],
  async solve(ask) {
    await ask('explain', { service: 'inventory', since: '15m', error: false, against: 'before' });
  },
  evidence: [/inventory container_cpu_throttled_periods/, /POST \/reserve/],
  named: [/inventory/i, /throttl/i],
  distractors: [/no candidates/, /deprecated currency field/, /pending_requests/],
};
