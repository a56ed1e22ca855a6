import { describe, expect, it } from 'vitest';
import type { ServiceActivity } from '../../shared/contract/telemetry';
import { describeAppErrors } from './describe-app-errors';

const five = 5 * 60_000;
const service = (name: string, numbers: Partial<ServiceActivity>): ServiceActivity => ({
  name,
  spans: 0,
  errorSpans: 0,
  p95Ns: null,
  longestNs: null,
  logs: 0,
  errorLogs: 0,
  metrics: false,
  ...numbers,
});

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
