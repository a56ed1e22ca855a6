import { z } from 'zod';
import { kubectlTarget } from '../cluster/cluster';
import { applyObjects } from '../objects/apply-objects';
import { type AlloyMode, alloyConfigMap, chosenAnnotation, modeLabel } from '../objects/own-objects';
import { describeTroubles } from '../pods/describe-troubles';
import { type Failure, isFailure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';
import { readSumoSecret } from './read-sumo-secret';

const ConfigMap = z.object({
  metadata: z.object({
    labels: z.record(z.string(), z.string()).nullish(),
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
  data: z.record(z.string(), z.string()).nullish(),
});

interface Kept {
  mode: AlloyMode | null;
  isChosen: boolean;
  config: string | undefined;
}

/**
 * Puts the configuration in place that fits: the one that was chosen, else dual-write with a Sumo secret and local-only
 * without. Answers whether it is another one than before.
 */
export async function placeAlloyConfig(session: Session): Promise<Failure | { changed: boolean }> {
  const kept = await readKept(session);
  if (isFailure(kept)) return kept;
  const mode = await chooseMode(session, kept.isChosen);
  const wanted = alloyConfigMap(session, mode, kept.isChosen);
  const failure = await applyObjects(session, [wanted]);
  return failure ?? { changed: kept.config !== wanted.data?.['config.alloy'] };
}

async function chooseMode(session: Session, isChosen: boolean): Promise<AlloyMode> {
  if (isChosen) {
    session.say('Alloy: local-only, as you chose (make disable-local-only ends it)');
    return 'local-only';
  }
  const secret = await readSumoSecret(session);
  if (secret === null) {
    session.say('Alloy: local-only, because there is no secret sumo-credentials (make sumo-set writes it)');
    return 'local-only';
  }
  if (isFailure(secret)) {
    session.say(`Alloy: local-only. ${secret.message} ${secret.hint}`);
    return 'local-only';
  }
  session.say(`Alloy: dual-write, also to ${secret.masked}`);
  return 'dual-write';
}

/** A person's choice: swaps the ConfigMap and restarts Alloy; what it had is put back where it does not start with the new one. */
export async function switchAlloy(session: Session, mode: AlloyMode): Promise<Failure | null> {
  if (mode === 'dual-write') {
    const secret = await readSumoSecret(session);
    if (isFailure(secret)) return secret;
    if (secret === null) {
      return {
        message: 'There is no secret sumo-credentials: Alloy would have nowhere to write to.',
        hint: 'Write it: make sumo-set',
      };
    }
    session.say(`Dual-write: to the cluster and to ${secret.masked}`);
  } else {
    session.say('Local-only: nothing leaves the cluster');
  }
  const kept = await readKept(session);
  if (isFailure(kept)) return kept;
  const failure =
    (await applyObjects(session, [alloyConfigMap(session, mode, mode === 'local-only')])) ??
    (await restartAlloy(session));
  if (!failure || kept.mode === null || kept.mode === mode) return failure;
  session.say('Putting back what Alloy had');
  const back = await applyObjects(session, [alloyConfigMap(session, kept.mode, kept.isChosen)]);
  const restarted = back ?? (await restartAlloy(session));
  return restarted ? { ...failure, details: `${failure.details ?? ''}\n${restarted.message}` } : failure;
}

/** Nothing rolls by itself when a ConfigMap or a secret changes. The old pod serves until the new one is ready. */
export async function restartAlloy(session: Session): Promise<Failure | null> {
  session.say('Restarting Alloy');
  const found = await session.run('kubectl', [...kubectlTarget(session), 'rollout', 'restart', 'deployment/alloy']);
  if (found.code !== 0) {
    return {
      message: 'Alloy could not be restarted.',
      hint: /not ?found/i.test(found.stderr)
        ? 'It is not deployed yet: make deploy'
        : 'See what the cluster says, below.',
      details: found.stderr.trim(),
    };
  }
  const args = ['rollout', 'status', 'deployment/alloy', '--timeout=120s'];
  const rolled = await session.run('kubectl', [...kubectlTarget(session), ...args]);
  if (rolled.code === 0) return null;
  const troubles = await describeTroubles(session);
  return {
    message: 'Alloy does not become ready.',
    hint: 'Its lines say why; the pod that ran before still serves.',
    details: isFailure(troubles) ? rolled.stderr.trim() : [rolled.stderr.trim(), ...troubles].join('\n'),
  };
}

async function readKept(session: Session): Promise<Kept | Failure> {
  const args = ['get', 'configmap', 'alloy-config', '--ignore-not-found', '--output=json'];
  const { code, stdout, stderr } = await session.run('kubectl', [...kubectlTarget(session), ...args]);
  if (code !== 0) {
    return {
      message: 'The ConfigMap alloy-config could not be read.',
      hint: 'See what the cluster says, below.',
      details: stderr.trim(),
    };
  }
  const found = ConfigMap.safeParse(parseJson(stdout)).data;
  const mode = found?.metadata.labels?.[modeLabel];
  return {
    mode: mode === 'local-only' || mode === 'dual-write' ? mode : null,
    isChosen: found?.metadata.annotations?.[chosenAnnotation] === 'true',
    config: found?.data?.['config.alloy'],
  };
}
