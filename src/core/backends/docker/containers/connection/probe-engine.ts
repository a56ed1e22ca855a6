import { EngineFailure } from '../container-engine';
import { callEngine, getJson, openDockerApi } from '../docker-api';
import type { EngineEndpoint } from '../engine-endpoint';

/** The oldest API that Watchtower speaks: Docker 20.10. */
export const oldestApi = '1.41';
/** The newest that it was made for; a newer engine still speaks it. */
const newestApi = '1.51';

const noEngine = 'What answers there is no container engine.';

interface VersionAnswer {
  Version?: string;
  ApiVersion?: string;
  MinAPIVersion?: string;
  Arch?: string;
  Components?: { Name?: string; Version?: string }[];
}

export type Probe =
  | { found: 'engine'; name: string; architecture: string; apiVersion: string }
  | { found: 'too-old'; name: string; apiVersion: string }
  /** Nothing is there, or it refuses. */
  | { found: 'nothing'; reason: 'missing' | 'refused' | 'forbidden' | 'other'; words: string }
  /** It takes the connection and does not answer. */
  | { found: 'silence' };

/** Asks an endpoint what it is; settles within the limit. */
export async function probeEngine(endpoint: EngineEndpoint, limitMs: number): Promise<Probe> {
  let overdue = false;
  const timer = setTimeout(() => {
    overdue = true;
  }, limitMs - 20);
  try {
    return read(
      await callEngine((signal) => getJson<VersionAnswer>(openDockerApi(endpoint), '/version', signal), limitMs),
    );
  } catch (error) {
    if (overdue) return { found: 'silence' };
    // Whatever listens there may answer anything: `null`, or a page.
    if (!(error instanceof EngineFailure)) return { found: 'nothing', reason: 'other', words: noEngine };
    return { found: 'nothing', reason: reasonOf(error.message), words: error.message };
  } finally {
    clearTimeout(timer);
  }
}

function read({ Version = '', ApiVersion, MinAPIVersion, Arch = '', Components }: VersionAnswer): Probe {
  if (!ApiVersion) return { found: 'nothing', reason: 'other', words: noEngine };
  // "Engine" is Docker's, "Podman Engine" Podman's.
  const component = Components?.[0];
  const kind = component?.Name && component.Name !== 'Engine' ? component.Name : 'Docker Engine';
  const name = `${kind} ${component?.Version ?? Version}`.trim();
  if (compareVersions(ApiVersion, oldestApi) < 0) return { found: 'too-old', name, apiVersion: ApiVersion };
  const spoken = compareVersions(ApiVersion, newestApi) > 0 ? newestApi : ApiVersion;
  const apiVersion = MinAPIVersion && compareVersions(MinAPIVersion, spoken) > 0 ? MinAPIVersion : spoken;
  return { found: 'engine', name, architecture: Arch, apiVersion };
}

function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

function reasonOf(words: string): 'missing' | 'refused' | 'forbidden' | 'other' {
  if (/ENOENT|ENOTFOUND|ENOTDIR/.test(words)) return 'missing';
  if (/ECONNREFUSED|ECONNRESET|socket hang up|EPIPE/.test(words)) return 'refused';
  if (/EACCES|EPERM/.test(words)) return 'forbidden';
  return 'other';
}
