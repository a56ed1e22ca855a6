import { expect, it } from 'vitest';
import { agents } from './agents';
import { agentOfService, agentTitle } from './find-agent';

it('names the agent of each service that one sends as, and of no other', () => {
  for (const { id, services } of agents) for (const service of services) expect(agentOfService(service)).toBe(id);
  expect(agentOfService('shop')).toBeNull();
  expect(agentTitle('gemini')).toBe('Gemini CLI');
});
