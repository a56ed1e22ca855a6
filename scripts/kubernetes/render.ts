import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { chartSource } from '../../src/core/backends/kubernetes/charts/chart-source';
import { chartsOf, type Profile } from '../../src/core/backends/kubernetes/charts/charts';
import { ensureRepositories } from '../../src/core/backends/kubernetes/charts/ensure-repositories';
import { cluster, kubernetesVersion, pathsIn } from '../../src/core/backends/kubernetes/cluster/cluster';
import { namespaceObject } from '../../src/core/backends/kubernetes/objects/ensure-namespace';
import { alloyConfigMap, dashboardsConfigMap } from '../../src/core/backends/kubernetes/objects/own-objects';
import { checkTools } from '../../src/core/backends/kubernetes/tools/check-tools';
import type { Failure } from '../../src/core/backends/kubernetes/tools/failure';
import type { Session } from '../../src/core/backends/kubernetes/tools/session';
import { withRetries } from '../../src/core/backends/kubernetes/tools/with-retries';

/**
 * Writes what each chart makes of our values, and the objects of our own, to a folder that git ignores. Needs no cluster.
 * VALUES=values-production renders what docs/scaling.md is about.
 */
export async function render(
  session: Session,
  folder: string = pathsIn(session.stackFolder).rendered,
): Promise<Failure | null> {
  const unready = (await checkTools(session, ['helm'])) ?? (await ensureRepositories(session));
  if (unready) return unready;
  const profile = readProfile(session);
  if (typeof profile === 'object') return profile;
  await mkdir(folder, { recursive: true });
  const own = [namespaceObject, alloyConfigMap(session, 'dual-write', false, profile), dashboardsConfigMap(session)];
  await writeFile(join(folder, 'watchtower.yaml'), own.map((each) => `---\n${stringify(each)}`).join(''));
  const failures: Failure[] = [];
  for (const chart of chartsOf(profile)) {
    session.say(`Rendering ${chart.name} (chart ${chart.chart} ${chart.version})`);
    const args = ['template', chart.name, ...chartSource(session, chart, profile), '--namespace', cluster.namespace];
    const flags = ['--kube-version', kubernetesVersion, '--include-crds', '--skip-tests'];
    const rendered = await withRetries(session, () => session.run('helm', [...args, ...flags]));
    if (rendered.code === 0) await writeFile(join(folder, `${chart.name}.yaml`), rendered.stdout);
    else
      failures.push({
        message: `Helm could not render ${chart.name}.`,
        hint: 'Helm says why, below.',
        details: rendered.stderr.trim(),
      });
  }
  const [first] = failures;
  if (first) {
    return {
      message: failures.map(({ message }) => message).join(' '),
      hint: first.hint,
      details: failures.map(({ details }) => details).join('\n'),
    };
  }
  session.say(`Written to ${relative(process.cwd(), folder) || folder}`);
  return null;
}

function readProfile({ env }: Session): Profile | Failure {
  const { VALUES: profile = 'values' } = env;
  if (profile === 'values' || profile === 'values-production') return profile;
  return { message: `There are no values ${profile}.`, hint: 'VALUES is one of: values, values-production' };
}
