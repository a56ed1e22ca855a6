import { join } from 'node:path';
import { pathsIn } from '../cluster/cluster';
import type { Session } from '../tools/session';
import type { Chart, Profile } from './charts';

/** What Helm is told about chart, version and values: of the repository, or of a folder of unpacked charts. */
export function chartSource(
  { env, stackFolder }: Session,
  { name, chart, repository, version }: Chart,
  profile: Profile = 'values',
): string[] {
  const folder = env.WATCHTOWER_CHARTS;
  const source = folder ? [join(folder, chart)] : [`${repository}/${chart}`, '--version', version];
  return [...source, '--values', join(pathsIn(stackFolder).helm, profile, `${name}.yaml`)];
}
