import { describe, expect, it } from 'vitest';
import { serviceColour } from './service-colour';

describe('serviceColour', () => {
  it('gives a name the same colour always', () => {
    expect(serviceColour('order-service')).toBe(serviceColour('order-service'));
  });

  it('spreads names over the colours', () => {
    const colours = new Set(Array.from({ length: 60 }, (_, index) => serviceColour(`service-${index}`)));
    expect(colours.size).toBe(11);
  });
});
