import { BEGINS, type Incident } from '../incident';
import { client, database, server } from '../world/request';

/** A few answers of payments fail; checkout asks again, and so does payments of its database: nine calls for one. */
export const retryAmplification: Incident = {
  id: 'retry amplification',
  task: 'The load of payments has multiplied since a quarter of an hour, though there are no more orders. Why?',
  cause: 'checkout repeats POST /charge, and each repetition repeats the insertion',
  alter(call, { minute, random }) {
    if (minute < BEGINS || call.service !== 'checkout' || call.kind !== 'server' || random() > 0.5) return;
    const at = call.below.findIndex(({ attributes }) => attributes['server.address'] === 'payments');
    const attempts = Array.from({ length: 3 }, (_, attempt) => {
      const isLast = attempt === 2;
      const insertions = Array.from({ length: 3 }, (_, again) => ({
        ...database('payments', 'INSERT INTO charges VALUES (?)', 3),
        ...((again < 2 || !isLast) && { error: 'could not serialize access' }),
      }));
      const charge = server('payments', 'POST /charge', 3, insertions, isLast ? {} : { error: '503' });
      const asked = client('checkout', 'payments', 'POST /charge', 1, [charge]);
      asked.attributes['http.request.resend_count'] = attempt;
      if (!isLast) asked.error = '503';
      return asked;
    });
    call.below.splice(at, 1, ...attempts);
  },
  async solve(ask) {
    await ask('explain', { service: 'payments', since: '15m', error: false, against: 'before' });
    await ask('explain', { service: 'checkout', since: '15m', error: false, against: 'before' });
  },
  evidence: [/resend_count/, /INSERT INTO charges/, /could not serialize access/],
  named: [/payments/i, /retr|repeat|resend/i],
  distractors: [/deprecated currency field/],
};
