import { expect, it } from 'vitest';
import { pathOfProblem } from './path-of-problem';

it.each([
  ['destination-sumo', 'destination-key-refused', '/destinations?edit=sumo'],
  ['destination-a b', 'secret-missing', '/destinations?edit=a%20b'],
  ['destination-sumo', 'destination-failing', '/destinations'],
  ['destinations-change', 'switch-failed', '/destinations'],
  ['service-loki', 'crash-loop', '/stack'],
  ['stack', 'port-in-use', '/stack'],
  ['kubernetes', 'cluster-absent', '/stack'],
  ['external-loki', 'external-refused', '/stack?setup=external'],
  ['disk', 'disk-full', '/'],
])('leads from %s, %s, to %s', (id, kind, path) => {
  expect(pathOfProblem(id, kind)).toBe(path);
});
