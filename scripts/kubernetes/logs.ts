import { charts } from '../../src/core/backends/kubernetes/charts/charts';
import { kubectlTarget } from '../../src/core/backends/kubernetes/cluster/cluster';
import { reachCluster } from '../../src/core/backends/kubernetes/cluster/reach-cluster';
import { checkTools } from '../../src/core/backends/kubernetes/tools/check-tools';
import type { Failure } from '../../src/core/backends/kubernetes/tools/failure';
import type { Session } from '../../src/core/backends/kubernetes/tools/session';

/** Follows the log of a service: a release's first workload, or one of Mimir's parts by its name (`mimir-ingester`). */
export async function logs(session: Session, service = 'alloy'): Promise<Failure | null> {
  const workload = findWorkload(service);
  if (workload === undefined) {
    return { message: `There is no service ${service}.`, hint: `One of: ${serviceNames().join(', ')}` };
  }
  const unready = (await checkTools(session, ['kubectl'])) ?? (await reachCluster(session));
  if (unready) return unready;
  const args = ['logs', workload, '--follow', '--tail=100', '--all-containers'];
  const { code } = await session.run('kubectl', [...kubectlTarget(session), ...args], {
    show: true,
    signal: session.signal,
  });
  if (code === 0 || session.signal.aborted) return null;
  return {
    message: `kubectl could not show the log of ${workload}.`,
    hint: 'Its line above says why; make status shows what runs.',
  };
}

function findWorkload(service: string): string | undefined {
  const all = charts.flatMap(({ workloads }) => workloads);
  return (
    all.find((workload) => nameOf(workload) === service) ?? charts.find(({ name }) => name === service)?.workloads[0]
  );
}

function serviceNames(): string[] {
  return charts.flatMap(({ workloads }) => workloads).map(nameOf);
}

function nameOf(workload: string): string {
  return workload.slice(workload.indexOf('/') + 1);
}
