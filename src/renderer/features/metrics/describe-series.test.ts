import { describe, expect, it } from 'vitest';
import { serviceColour } from '../../ui/service-colour';
import { describeSeries } from './describe-series';

const one = (labels: Record<string, string>) => ({ labels, values: [] });

describe('describeSeries', () => {
  it('names series by the one label that differs', () => {
    const looks = describeSeries([one({ job: 'shop', route: '/a' }), one({ job: 'shop', route: '/b' })]);
    expect(looks.map(({ name }) => name)).toEqual(['/a', '/b']);
  });

  it('names several labels with their keys', () => {
    const [look] = describeSeries([one({ route: '/a', code: '200' }), one({ route: '/b', code: '500' })]);
    expect(look?.name).toBe('route=/a, code=200');
  });

  it('gives a service the colour it has everywhere', () => {
    const looks = describeSeries([one({ service_name: 'api-gateway' }), one({ service_name: 'order-service' })]);
    expect(looks.map(({ colour }) => colour)).toEqual([serviceColour('api-gateway'), serviceColour('order-service')]);
  });

  it('tells series of one service apart by colour', () => {
    const looks = describeSeries([one({ job: 'shop', route: '/a' }), one({ job: 'shop', route: '/b' })]);
    expect(looks[0]?.colour).not.toBe(looks[1]?.colour);
  });
});
