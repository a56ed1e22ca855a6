import { runtimeNames } from '../../../../shared/backend-names';
import type { RuntimeStatus, ServicesBackend } from '../../../../shared/contract/backend';
import type { Health } from '../../../ui/marks/health-mark';

const looks: Record<RuntimeStatus['state'], { word: string; health: Health }> = {
  looking: { word: 'looking for one', health: 'busy' },
  connected: { word: 'connected', health: 'ok' },
  absent: { word: 'none found', health: 'off' },
  'not-responding': { word: 'does not answer', health: 'bad' },
  refused: { word: 'refuses', health: 'bad' },
  'too-old': { word: 'too old', health: 'bad' },
};

export function describeRuntime(runtime: Pick<RuntimeStatus, 'state' | 'startable' | 'endpoint'>): {
  word: string;
  health: Health;
} {
  if (!isMadeByStart(runtime)) return looks[runtime.state];
  // One that has an address was there before.
  return runtime.endpoint
    ? { word: 'does not answer, the start brings it back', health: 'warn' }
    : { word: 'made by the start', health: 'off' };
}

/** Services can be started on it, now or once the start has made it. */
export function canStartOn(runtime: Pick<RuntimeStatus, 'state' | 'startable'>): boolean {
  return runtime.state === 'connected' || isMadeByStart(runtime);
}

/** Why nothing can be started on it now, with what to do; null where something can, or where that is not known yet. */
export function whyNotStartable(backend: ServicesBackend, runtime: RuntimeStatus): string | null {
  if (canStartOn(runtime) || runtime.state === 'looking') return null;
  const { message, hint } = runtime.problem ?? { message: `no ${runtimeNames[backend].toLowerCase()} answers.` };
  return [message, hint].filter(Boolean).join(' ');
}

function isMadeByStart({ state, startable }: Pick<RuntimeStatus, 'state' | 'startable'>): boolean {
  return startable === true && state !== 'connected' && state !== 'looking';
}
