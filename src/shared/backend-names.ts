import type { Backend, HostStatus } from './contract/host';

/** As they are called in panel, tray and menus. */
export const backendNames: Readonly<Record<Backend, string>> = {
  embedded: 'Embedded engine',
  docker: 'Docker stack',
  kubernetes: 'Kubernetes',
  external: 'External backend',
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
