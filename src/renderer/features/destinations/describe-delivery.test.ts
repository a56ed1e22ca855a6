import { describe, expect, it } from 'vitest';
import type { Destination } from '../../../shared/contract/destinations';
import { describeDelivery, describeItems, describeSending } from './describe-delivery';

const none = { spans: 0, logs: 0, points: 0 };
const delivery = (state: Destination['delivery']['state']): Destination['delivery'] => ({
  state,
  sent: none,
  dropped: none,
  queued: 0,
  queueUnit: 'requests',
  queueCapacity: 10,
  bytes: 0,
  lastSentAt: null,
  lastError: null,
});
const one = (name: string, enabled: boolean, state: Destination['delivery']['state']) => ({
  name,
  enabled,
  delivery: delivery(state),
});

describe('describeDelivery', () => {
  it('tells a refusal for good from a try that is repeated', () => {
    const failing = (lost: boolean) => ({
      enabled: true,
      delivery: { ...delivery('failing'), lastError: { at: 1, message: '', status: 401, lost } },
    });
    expect(describeDelivery(failing(true)).sentence).toContain('refuses');
    expect(describeDelivery(failing(false)).sentence).toContain('tried again');
  });

  it('believes the switch, not an old delivery', () => {
    expect(describeDelivery({ enabled: false, delivery: delivery('failing') }).word).toBe('Off');
  });

  it('says that nothing is sent while the backend is away', () => {
    expect(describeDelivery({ enabled: true, delivery: delivery('off') })).toMatchObject({ word: 'On', health: 'off' });
  });
});

describe('describeItems', () => {
  it('leaves out what is zero', () => {
    expect(describeItems({ spans: 1, logs: 0, points: 2400 })).toBe('1 span, 2,400 metric points');
    expect(describeItems(none)).toBe('nothing');
  });
});

describe('describeSending', () => {
  const here = { here: true, where: 'on this machine' };
  const elsewhere = { here: false, where: 'by the external backend' };

  it('says when everything stays here', () => {
    expect(describeSending([one('A', false, 'off')], here)).toMatchObject({
      title: 'Nothing leaves this machine',
      health: 'off',
    });
  });

  it('claims nothing of this machine where what apps send is kept elsewhere', () => {
    const off = describeSending([], elsewhere);
    expect(off.title).toBe('No copy goes to a destination');
    expect(off.note).toBe('What apps send is kept by the external backend, and nowhere else from here.');
    expect(describeSending([one('A', true, 'sending')], elsewhere).note).toMatch(
      /kept by the external backend as well/,
    );
  });

  it('names the only one, counts several, and does not hide a failing one', () => {
    expect(describeSending([one('A', true, 'sending'), one('B', false, 'off')], here).title).toBe('A copy goes to A');
    expect(describeSending([one('A', true, 'sending'), one('B', true, 'failing')], here)).toMatchObject({
      title: 'A copy goes to 2 destinations, 1 failing',
      health: 'bad',
    });
    expect(describeSending([one('A', true, 'failing')], here).title).toBe('The copy to A fails');
  });
});
