import { expect, it } from 'vitest';
import { keptByEngine } from './kept-by-engine';

it.each([
  ['unix:///var/run/docker.sock', true],
  ['npipe:////./pipe/docker_engine', true],
  ['tcp://localhost:2375', true],
  ['tcp://127.0.0.1:2375', true],
  ['tcp://[::1]:2376', true],
  ['', true],
  ['tcp://10.0.0.5:2376', false],
  ['tcp://127.0.0.1.example:2376', false],
  ['tcp://docker.internal.example:2375', false],
])('of an engine at %s the volumes are here: %s', (endpoint, here) => {
  const kept = keptByEngine({ endpoint });
  expect(kept.here).toBe(here);
  expect(kept.where).toContain(here ? 'on this machine' : endpoint);
});
