import type { HostLog } from './host-log';

/**
 * For work that nobody awaits. An error that it does not handle itself is a bug: it is logged under the name of the work,
 * and ends neither the host nor what else runs in it.
 */
export function inBackground(name: string, work: Promise<unknown>, log: Pick<HostLog, 'error'>): void {
  work.catch((error: unknown) => log.error({ work: name, error }, 'work in the background failed'));
}
