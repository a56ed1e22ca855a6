import { readReleases } from '../charts/read-releases';
import { cluster, kubectlTarget } from '../cluster/cluster';
import { reachCluster } from '../cluster/reach-cluster';
import { applyObjects } from '../objects/apply-objects';
import { ownLabels } from '../objects/own-objects';
import { checkTools } from '../tools/check-tools';
import { type Failure, isFailure } from '../tools/failure';
import type { Session } from '../tools/session';
import { placeAlloyConfig, restartAlloy } from './alloy-config';
import { checkSumoEndpoint, readSumoSecret, sumoSecret } from './read-sumo-secret';

/** With its token masked, unless SHOW=1 asks for it. */
export async function showSumo(session: Session): Promise<Failure | null> {
  const unready = await prepare(session);
  if (unready) return unready;
  const secret = await readSumoSecret(session);
  if (isFailure(secret)) return secret;
  if (secret === null) session.say('There is no secret sumo-credentials: Alloy writes to the cluster alone.');
  else session.say(session.env.SHOW === '1' ? secret.url : `${secret.masked}   (SHOW=1 shows it whole)`);
  return null;
}

/** Writes the secret from the variable SUMO_ENDPOINT, which no argument list shows, and lets Alloy use it. */
export async function setSumo(session: Session): Promise<Failure | null> {
  const given = session.env.SUMO_ENDPOINT;
  if (given === undefined) {
    return {
      message: 'No endpoint was given.',
      hint: 'In the variable SUMO_ENDPOINT, as in: read -rs SUMO_ENDPOINT && export SUMO_ENDPOINT && make sumo-set',
    };
  }
  const endpoint = checkSumoEndpoint(session, given.trim());
  if (isFailure(endpoint)) return endpoint;
  const unready = await prepare(session);
  if (unready) return unready;
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: sumoSecret.name, namespace: cluster.namespace, labels: ownLabels },
    type: 'Opaque',
    stringData: { [sumoSecret.key]: endpoint.url },
  };
  const failure = await applyObjects(session, [secret]);
  if (failure) return failure;
  session.say(`The secret ${sumoSecret.name} holds ${endpoint.masked}`);
  return follow(session);
}

export async function removeSumo(session: Session): Promise<Failure | null> {
  const unready = await prepare(session);
  if (unready) return unready;
  const args = ['delete', 'secret', sumoSecret.name, '--ignore-not-found'];
  const { code, stderr } = await session.run('kubectl', [...kubectlTarget(session), ...args]);
  if (code !== 0) {
    return {
      message: `The secret ${sumoSecret.name} could not be removed.`,
      hint: 'See what the cluster says, below.',
      details: stderr.trim(),
    };
  }
  session.say(`The secret ${sumoSecret.name} is gone`);
  return follow(session);
}

/** Alloy takes the secret when it starts. */
async function follow(session: Session): Promise<Failure | null> {
  const placed = await placeAlloyConfig(session);
  if (isFailure(placed)) return placed;
  const releases = await readReleases(session);
  if (isFailure(releases)) return releases;
  return releases.find('alloy') ? restartAlloy(session) : null;
}

async function prepare(session: Session): Promise<Failure | null> {
  return (await checkTools(session, ['kubectl', 'helm'])) ?? reachCluster(session);
}
