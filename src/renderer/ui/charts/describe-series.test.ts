import { describe, expect, it } from 'vitest';
import { serviceColour } from '../marks/service-colour';
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

  it('leaves out machines and processes where people’s labels tell the series apart', () => {
    const names = describeSeries([
      one({ instance: 'a1', service_name: 'shop', service_instance_id: 'a1', job: 'x/shop' }),
      one({ instance: 'b2', service_name: 'cart', service_instance_id: 'b2', job: 'x/cart' }),
    ]).map(({ name }) => name);
    expect(names).toEqual(['shop', 'cart']);
    const twins = describeSeries([
      one({ service_name: 'shop', instance: 'a1', job: 'x' }),
      one({ service_name: 'shop', instance: 'b2', job: 'x' }),
    ]).map(({ name }) => name);
    expect(twins).toEqual(['a1', 'b2']);
  });

  it('names a series that is alone by its service', () => {
    const [look] = describeSeries([one({ __name__: 'up', service_name: 'shop', instance: 'a', env: 'dev' })]);
    expect(look?.name).toBe('shop');
  });

  it('gives a service the colour it has everywhere', () => {
    const looks = describeSeries([one({ service_name: 'api-gateway' }), one({ service_name: 'order-service' })]);
    expect(looks.map(({ colour }) => colour)).toEqual([serviceColour('api-gateway'), serviceColour('order-service')]);
  });

  it('keeps the colour of a service in the first of its series, and mixes it in the others', () => {
    const looks = describeSeries([
      one({ job: 'shop', route: '/a' }),
      one({ job: 'shop', route: '/b' }),
      one({ job: 'mail', route: '/a' }),
    ]);
    expect(looks[0]?.colour).toBe(serviceColour('shop'));
    expect(looks[1]?.colour).toContain(serviceColour('shop'));
    expect(looks[1]?.colour).not.toBe(looks[0]?.colour);
    expect(looks[2]?.colour).toBe(serviceColour('mail'));
  });

  it('tells series of one service apart by colour', () => {
    const looks = describeSeries([one({ job: 'shop', route: '/a' }), one({ job: 'shop', route: '/b' })]);
    expect(looks[0]?.colour).not.toBe(looks[1]?.colour);
  });
});
