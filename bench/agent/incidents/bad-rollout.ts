import { BEGINS, type Incident } from '../incident';
import { podsOf } from '../world/pods';

const version = '2.1.0';

/** One of two versions of checkout that run side by side fails for some requests. */
export const badRollout: Incident = {
  id: 'bad rollout of one version',
  task: 'Since about a quarter of an hour some checkouts fail. Which change is it?',
  cause: `checkout ${version}, of which one pod of three runs, throws`,
  podsAt(service, minute) {
    if (service !== 'checkout' || minute < BEGINS) return undefined;
    return [...podsOf('checkout').slice(0, 2), ...podsOf('checkout', version, 'b').slice(2)];
  },
  alter(call, { random }, podOf) {
    if (call.service !== 'checkout' || call.kind !== 'server' || podOf(call).version !== version) return;
    if (random() > 0.6) return;
    call.error = 'unknown currency';
    call.exception = { type: 'CurrencyError', message: 'unknown currency: null' };
    call.line = { level: 'error', text: `cannot total cart ${Math.floor(1e6 * random())}: unknown currency` };
    call.below = call.below.slice(0, 1);
  },
  async solve(ask) {
    await ask('overview', { since: '15m' });
    await ask('explain', { service: 'checkout', error: true, since: '15m' });
  },
  evidence: [/service\.version=2\.1\.0/, /CurrencyError|unknown currency/],
  named: [/checkout/i, /2\.1\.0/],
  distractors: [/no candidates/, /deprecated currency field/, /reports GET/],
};
