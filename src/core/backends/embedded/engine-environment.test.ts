import { expect, it } from 'vitest';
import { engineEnvironment } from './engine-environment';

it.each([
  [undefined, '12'],
  ['4', '12'],
  ['many', '12'],
  ['64', '64'],
])('gives an engine threads for all statements and files, where %s are asked for', (asked, given) => {
  expect(engineEnvironment({ UV_THREADPOOL_SIZE: asked }).UV_THREADPOOL_SIZE).toBe(given);
});

it('leaves what the user has set as it is', () => {
  expect(engineEnvironment({ MALLOC_ARENA_MAX: '8', HOME: '/h' })).toMatchObject({ MALLOC_ARENA_MAX: '8', HOME: '/h' });
});
