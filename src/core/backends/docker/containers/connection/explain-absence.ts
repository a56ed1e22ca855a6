import type { Problem } from '../../../../../shared/problem';
import type { EngineCandidate } from '../engine-endpoint';
import type { MissedEngine } from './finding';
import { oldestApi, type Probe } from './probe-engine';

type Probed = readonly { candidate: EngineCandidate; answer: Probe }[];

const getOne: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Start Docker Desktop, OrbStack, Colima, Rancher Desktop or Podman, or install one of them.',
  win32: 'Start Docker Desktop, Rancher Desktop or Podman Desktop, or install one of them.',
  linux: 'Start it (sudo systemctl start docker), or install Docker Engine or Podman.',
};
const hintFor = (platform: NodeJS.Platform) =>
  `${getOne[platform] ?? getOne.linux} Watchtower attaches by itself; the embedded backend needs none.`;

/** Why no candidate can be used: the one that came nearest is told of. */
export function explainAbsence(probed: Probed, chosen: boolean, platform: NodeJS.Platform): MissedEngine {
  for (const { candidate, answer } of probed) {
    if (answer.found === 'silence') return missed('not-responding', candidate, notResponding(candidate));
  }
  for (const { candidate, answer } of probed) {
    if (answer.found === 'too-old') return { ...missed('too-old', candidate, tooOld(answer)), version: answer.name };
  }
  for (const { candidate, answer } of probed) {
    if (answer.found === 'nothing' && answer.reason === 'forbidden')
      return missed('absent', candidate, forbidden(candidate));
  }
  const near = probed.find(({ answer }) => answer.found === 'nothing' && answer.reason !== 'missing') ?? probed[0];
  if (!near || (!chosen && isMissing(near.answer))) {
    const looked = probed.map(({ candidate }) => `${candidate.endpoint.url} (${candidate.reason})`).join('\n');
    const message = 'No container engine is running on this machine.';
    return {
      state: 'absent',
      endpoint: '',
      reason: '',
      problem: { kind: 'engine-absent', message, hint: hintFor(platform), details: `Looked at:\n${looked}` },
    };
  }
  return missed('absent', near.candidate, nothingThere(near.candidate, near.answer, chosen, platform));
}

export function notResponding({ endpoint }: Pick<EngineCandidate, 'endpoint'>): Problem {
  return {
    kind: 'engine-not-responding',
    message: `The container engine at ${endpoint.url} takes connections and does not answer.`,
    hint: 'Wait for it or start it anew; Watchtower goes on by itself once it answers.',
  };
}

function missed(state: MissedEngine['state'], { endpoint, reason }: EngineCandidate, problem: Problem): MissedEngine {
  return { state, endpoint: endpoint.url, reason, problem };
}

function isMissing(answer: Probe): boolean {
  return answer.found === 'nothing' && answer.reason === 'missing';
}

function tooOld({ name, apiVersion }: Extract<Probe, { found: 'too-old' }>): Problem {
  return {
    kind: 'engine-too-old',
    message: `${name} speaks version ${apiVersion} of the API; Watchtower needs ${oldestApi} (Docker 20.10) or newer.`,
    hint: 'Update the container engine; Watchtower attaches by itself afterwards.',
  };
}

function forbidden({ endpoint }: EngineCandidate): Problem {
  return {
    kind: 'engine-forbidden',
    message: `This user may not use the container engine at ${endpoint.url}.`,
    hint: 'Add the user to the group docker (sudo usermod -aG docker $USER) and log in again, or use rootless Docker or Podman.',
  };
}

function nothingThere(
  { endpoint, reason }: EngineCandidate,
  answer: Probe,
  chosen: boolean,
  platform: NodeJS.Platform,
): Problem {
  const why = chosen ? `, which ${reason} points to` : ` (${reason})`;
  return {
    kind: 'engine-absent',
    message: `No container engine answers at ${endpoint.url}${why}.`,
    hint: chosen
      ? `Start that engine, or choose another: ${reason === 'DOCKER_HOST' ? 'unset DOCKER_HOST' : 'docker context use default'}.`
      : hintFor(platform),
    ...(answer.found === 'nothing' && { details: answer.words }),
  };
}
