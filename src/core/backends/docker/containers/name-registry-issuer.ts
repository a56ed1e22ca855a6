import type { Problem } from '../../../../shared/problem';
import { readCertificateIssuer } from '../../../tls/read-certificate-issuer';
import { registryOf } from './explain-pull-failure';

const askMs = 1_000;
/** Docker Hub answers there, whatever its images are called. */
const hubHost = 'registry-1.docker.io';

/**
 * An untrusted registry with who issued its certificate: the name of a company's proxy tells more than "unknown
 * authority". Asked from this machine where the engine's words do not say it; any other problem stays as it is.
 */
export async function nameRegistryIssuer(image: string, problem: Problem): Promise<Problem> {
  if (problem.kind !== 'pull-untrusted-registry' || problem.message.includes(', issued by ')) return problem;
  const registry = registryOf(image);
  const url = new URL(`https://${registry === 'docker.io' ? hubHost : registry}`);
  const issuer = await readCertificateIssuer(url, askMs);
  return issuer ? { ...problem, message: problem.message.replace(/\.$/, `, issued by ${issuer}.`) } : problem;
}
