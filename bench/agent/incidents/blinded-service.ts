import { BEGINS, type Incident } from '../incident';

/** A service that tells nothing of itself times out: only those that call it show it. */
export const blindedService: Incident = {
  id: 'blinded service',
  task: 'Checkouts are slow and some fail since a quarter of an hour. Which part of the system is it?',
  cause: 'risk.internal, which sends no telemetry, does not answer in time',
  alter(call, { minute, random }) {
    if (minute < BEGINS || call.attributes['server.address'] !== 'risk.internal') return;
    if (random() > 0.35) return;
    call.ms = 1500;
    call.error = 'context deadline exceeded';
    call.exception = { type: 'DeadlineExceeded', message: 'no answer from risk.internal within 1.5s' };
    call.line = { level: 'warn', text: `no score for charge ${Math.floor(1e6 * random())}: deadline exceeded` };
  },
  async solve(ask) {
    await ask('explain', { error: true, since: '15m' });
    await ask('search', { signal: 'traces', service: 'payments', error: true, since: '15m', budget: 600 });
  },
  evidence: [/risk\.internal/, /DeadlineExceeded|deadline exceeded/],
  named: [/risk\.internal/i],
  distractors: [/no candidates/, /deprecated currency field/],
};
