import { expect, test } from 'vitest';
import { type LoadedSpan, serviceOf } from './loaded-trace';

test('a span whose resource is gone or was never told is of unknown_service', () => {
  expect(serviceOf({ resource: undefined } as LoadedSpan)).toBe('unknown_service');
  expect(serviceOf({ resource: { service: 'shop' } } as LoadedSpan)).toBe('shop');
});
