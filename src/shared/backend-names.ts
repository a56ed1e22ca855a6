import type { ServicesBackend } from './contract/backend';
import type { Backend, HostStatus } from './contract/host';

/** As they are called in panel, tray and menus. */
export const backendNames: Readonly<Record<Backend, string>> = {
  embedded: 'Embedded engine',
  docker: 'Docker stack',
  kubernetes: 'Kubernetes',
  external: 'External backend',
};

/** Inside a sentence: "the embedded engine". */
export function backendInSentence(backend: Backend): string {
  return backend === 'docker' || backend === 'kubernetes' ? backendNames[backend] : backendNames[backend].toLowerCase();
}

/** Inside a sentence, with its article where it has one: "the embedded engine", "Kubernetes". */
export function theBackend(backend: Backend): string {
  return backend === 'kubernetes' ? backendNames[backend] : `the ${backendInSentence(backend)}`;
}

/** What runs the services of those whose services run apart. */
export const runtimeNames: Readonly<Record<ServicesBackend, string>> = {
  docker: 'Container engine',
  kubernetes: 'Cluster',
};

/** State of a backend in a word. */
export const backendWords: Readonly<Record<HostStatus['state'], string>> = {
  stopped: 'stopped',
  starting: 'starting',
  ready: 'running',
  degraded: 'degraded',
  failed: 'failed',
  stopping: 'stopping',
};
