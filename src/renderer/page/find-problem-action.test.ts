import { expect, it } from 'vitest';
import { findProblemAction } from './find-problem-action';

it.each([
  ['destination-sumo', 'destination-key-refused', 'Replace the key', { edit: 'sumo' }],
  ['destination-sumo-2', 'secret-missing', 'Give the secret again', { edit: 'sumo-2' }],
  ['destination-sumo', 'destination-failing', 'Test the connection', { test: 'sumo' }],
  ['destination-sumo', 'unencrypted', 'Open Destinations', {}],
  ['destinations-change', 'alloy-reload-refused', 'Open Destinations', {}],
])('leads from %s, %s, to the destinations', (id, kind, label, search) => {
  expect(findProblemAction(id, kind)).toEqual({ label, to: '/destinations', search });
});

it('leads from what is wrong with the external backend to its settings', () => {
  const action = { label: 'Edit the external backend', to: '/stack', search: { setup: 'external' } };
  expect(findProblemAction('external', 'external-not-set')).toEqual(action);
  expect(findProblemAction('external-loki', 'external-refused')).toEqual(action);
});

it('leads from the stack and its services to the stack, and from others nowhere', () => {
  expect(findProblemAction('stack', 'port-in-use')).toMatchObject({ to: '/stack' });
  expect(findProblemAction('kubernetes', 'cluster-absent')).toMatchObject({ to: '/stack' });
  expect(findProblemAction('service-loki', 'crash-loop')).toMatchObject({ to: '/stack' });
  expect(findProblemAction('disk', 'disk-full')).toBeNull();
});
