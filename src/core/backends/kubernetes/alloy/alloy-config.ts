import { z } from 'zod';
import { kubectlTarget } from '../cluster/cluster';
import { applyObjects, type KubernetesObject } from '../objects/apply-objects';
import {
  type AlloyMode,
  alloyConfigMap,
  alloyConfigMapOf,
  chosenAnnotation,
  hostAnnotation,
  modeLabel,
} from '../objects/own-objects';
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
  /** A host wrote it, which sends to its destinations. */
  isOfHost: boolean;
  config: string | undefined;
}

/**
 * Puts the configuration in place that fits: the one that was chosen, else dual-write with a Sumo secret and local-only
 * without. That of a host which sends to its destinations stays. Answers whether it is another one than before.
 */
export async function placeAlloyConfig(session: Session): Promise<Failure | { changed: boolean }> {
  const kept = await readKept(session);
  if (isFailure(kept)) return kept;
  if (kept.isOfHost && kept.config !== undefined) {
    session.say(
      'Alloy: sends to the destinations of a Watchtower, and goes on with it (its Destinations page ends it)',
    );
    return { changed: false };
  }
  const mode = await chooseMode(session, kept.isChosen);
  const wanted = alloyConfigMap(session, mode, kept.isChosen);
  const failure = await applyObjects(session, [wanted]);
  return failure ?? { changed: kept.config !== wanted.data?.['config.alloy'] };
}

async function chooseMode(session: Session, isChosen: boolean): Promise<AlloyMode> {
  if (isChosen) {
    session.say(`Alloy: local-only, as you chose (${session.ways.endLocalOnly} ends it)`);
    return 'local-only';
  }
  const secret = await readSumoSecret(session);
  if (secret === null) {
    session.say(`Alloy: local-only, because there is no secret sumo-credentials (to send: ${session.ways.sendToSumo})`);
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
        hint: `Write it: ${session.ways.sendToSumo}`,
      };
    }
    session.say(`Dual-write: to the cluster and to ${secret.masked}`);
  } else {
    session.say('Local-only: nothing leaves the cluster');
  }
  const kept = await readKept(session);
  if (isFailure(kept)) return kept;
  if (kept.isOfHost) {
    session.say('A Watchtower sends to its destinations through this Alloy: end that on its Destinations page as well');
  }
  const failure =
    (await applyObjects(session, [alloyConfigMap(session, mode, mode === 'local-only')])) ??
    (await restartAlloy(session));
  if (!failure || kept.mode === null || kept.mode === mode) return failure;
  session.say('Putting back what Alloy had');
  const back = await applyObjects(session, [whatWas(kept, kept.mode)]);
  const restarted = back ?? (await restartAlloy(session));
  return restarted ? { ...failure, details: `${failure.details ?? ''}\n${restarted.message}` } : failure;
}

function whatWas({ isChosen, isOfHost, config = '' }: Kept, mode: AlloyMode): KubernetesObject {
  const annotations = { [chosenAnnotation]: String(isChosen), ...(isOfHost && { [hostAnnotation]: 'true' }) };
  return alloyConfigMapOf(mode, annotations, config);
}

/** Nothing rolls by itself when a ConfigMap or a secret changes. The old pod serves until the new one is ready. */
export async function restartAlloy(session: Session): Promise<Failure | null> {
  session.say('Restarting Alloy');
  const found = await session.run('kubectl', [...kubectlTarget(session), 'rollout', 'restart', 'deployment/alloy']);
  if (found.code !== 0) {
    return {
      message: 'Alloy could not be restarted.',
      hint: /not ?found/i.test(found.stderr)
        ? `It is not deployed yet: ${session.ways.deploy}`
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
    isOfHost: found?.metadata.annotations?.[hostAnnotation] === 'true',
    config: found?.data?.['config.alloy'],
  };
}
