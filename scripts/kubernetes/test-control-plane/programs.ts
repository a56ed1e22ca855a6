import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const needed = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'kubectl',
  'helm',
] as const;
export type Program = (typeof needed)[number];

const folder = process.env.WATCHTOWER_KUBE_TOOLS;

/** Why no control plane can be started here; null where it can. */
export function whyNoControlPlane(): string | null {
  if (!folder) return `WATCHTOWER_KUBE_TOOLS names no folder with ${needed.join(', ')}`;
  const missing = needed.filter((each) => !existsSync(programPath(each)));
  return missing.length === 0 ? null : `the folder of WATCHTOWER_KUBE_TOOLS has no ${missing.join(', ')}`;
}

/** Of a program in the folder that was given. */
export function programPath(program: Program): string {
  return join(resolve(folder ?? ''), program);
}
