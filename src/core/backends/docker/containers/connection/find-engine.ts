import type { EngineCandidate, EngineEndpoint, EngineEnvironment } from '../engine-endpoint';
import { listEngineCandidates } from './engine-candidates';
import { explainAbsence } from './explain-absence';
import type { Finding } from './finding';
import type { Probe } from './probe-engine';

/**
 * The engine to use: the chosen one, else the first of the well-known sockets that answers. All are asked at once, so that one
 * that hangs costs no more than the limit of a single probe.
 */
export async function findEngine(
  environment: EngineEnvironment,
  probe: (endpoint: EngineEndpoint) => Promise<Probe>,
): Promise<Finding> {
  const listed = await listEngineCandidates(environment);
  if ('problem' in listed) return { missed: { state: 'absent', endpoint: '', ...listed } };
  const answers = listed.candidates.map((candidate) => ({ candidate, answer: probe(candidate.endpoint) }));
  // Those behind the one that is taken are not awaited.
  for (const { answer } of answers) answer.catch(() => {});
  const probed: { candidate: EngineCandidate; answer: Probe }[] = [];
  for (const { candidate, answer } of answers) {
    const result = await answer;
    if (result.found === 'engine') {
      const { name, architecture, apiVersion } = result;
      return { found: { ...candidate, name, architecture, apiVersion } };
    }
    probed.push({ candidate, answer: result });
  }
  return { missed: explainAbsence(probed, listed.chosen, environment.platform) };
}
