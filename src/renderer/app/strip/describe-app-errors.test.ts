import { describe, expect, it } from 'vitest';
import { makeActivity as service } from '../../test-host/telemetry-data';
import { describeAppErrors } from './describe-app-errors';

const five = 5 * 60_000;
describe('describeAppErrors', () => {
  it('says nothing while nothing fails', () => {
    expect(describeAppErrors([service('shop', { spans: 10, logs: 3 })], five)).toBeNull();
    expect(describeAppErrors([], five)).toBeNull();
  });

  it('counts the errors of all apps a minute, and tells many from few', () => {
    const few = describeAppErrors([service('shop', { spans: 10_000, errorSpans: 60, errorLogs: 60 })], five);
    expect(few).toMatchObject({ text: '12 errors/min', health: 'warn', page: '/traces', detail: 'shop' });
    const many = describeAppErrors(
      [service('shop', { spans: 100, errorSpans: 17 }), service('cart', { spans: 100, errorSpans: 3 })],
      five,
    );
    expect(many).toMatchObject({ text: '4 errors/min', health: 'bad', detail: 'shop, cart' });
  });

  it('leads to the lines of services that send no spans, and rounds nothing to none', () => {
    expect(describeAppErrors([service('worker', { logs: 9, errorLogs: 1 })], five)).toMatchObject({
      text: '1 error in 5 min',
      page: '/logs',
    });
  });
});
