import { placeAlloyConfig, restartAlloy } from '../alloy/alloy-config';
import { chartSource } from '../charts/chart-source';
import { type Chart, charts } from '../charts/charts';
import { ensureRepositories } from '../charts/ensure-repositories';
import { isUnchanged } from '../charts/is-unchanged';
import { isPending, mendPending } from '../charts/mend-pending';
import { type Releases, readReleases } from '../charts/read-releases';
import { helmTarget, ports } from '../cluster/cluster';
import { reachCluster } from '../cluster/reach-cluster';
import { applyObjects } from '../objects/apply-objects';
import { ensureNamespace } from '../objects/ensure-namespace';
import { dashboardsConfigMap } from '../objects/own-objects';
import { waitForWorkloads } from '../pods/wait-for-workloads';
import { checkTools } from '../tools/check-tools';
import { type Failure, isFailure } from '../tools/failure';
import type { Session } from '../tools/session';
import { takeStep } from '../tools/take-step';
import { withRetries } from '../tools/with-retries';

/** Deploys those of the charts, all without names. One that fails keeps no other from being deployed. */
export async function deploy(session: Session, names: readonly string[] = []): Promise<Failure | null> {
  const wanted = names.length === 0 ? charts : charts.filter(({ name }) => names.includes(name));
  const ready =
    (await checkTools(session, ['kubectl', 'helm'])) ??
    (await reachCluster(session)) ??
    (await ensureNamespace(session)) ??
    (await ensureRepositories(session));
  if (ready) return ready;
  const releases = await readReleases(session);
  if (isFailure(releases)) return releases;
  const failures: Failure[] = [];
  const deployed: Chart[] = [];
  for (const chart of wanted) {
    if (session.signal.aborted) break;
    const failure = await takeStep(session, chart.name, () => deployChart(session, chart, releases));
    if (failure) {
      session.say(`  ${chart.name} was not deployed: ${failure.message}`);
      failures.push(failure);
    } else deployed.push(chart);
  }
  const workloads = deployed.flatMap((chart) => chart.workloads);
  const waited = await takeStep(session, 'ready', () => waitForWorkloads(session, workloads));
  if (waited) failures.push(waited);
  if (failures.length > 0) return join(failures);
  session.say(`Deployed: ${deployed.map(({ name }) => name).join(', ')}`);
  for (const { name, hostPort } of ports) session.say(`  ${name.padEnd(9)} localhost:${hostPort}`);
  return null;
}

async function deployChart(session: Session, chart: Chart, releases: Releases): Promise<Failure | null> {
  // Whoever follows the steps knows it by the step's title.
  if (!session.progress) session.say(`Deploying ${chart.name} (chart ${chart.chart} ${chart.version})`);
  const refusal = releases.refuse(chart);
  if (refusal) return refusal;
  const prepared = await prepare(session, chart);
  if (isFailure(prepared)) return prepared;
  const args = ['upgrade', '--install', chart.name, ...chartSource(session, chart), ...helmTarget(session)];
  const before = releases.find(chart.name);
  const mended = before && isPending(before) ? await mendPending(session, before) : null;
  if (mended || session.signal.aborted) return mended;
  if (before?.status === 'deployed' && (await isUnchanged(session, chart.name, args))) {
    session.say(`  ${chart.name} is unchanged`);
  } else {
    const failure = await runHelm(session, chart, [...args, '--history-max', '5']);
    if (failure) return failure;
    session.say(`  ${chart.name} is deployed`);
  }
  return prepared.needsRestart && before ? restartAlloy(session) : null;
}

/** The ConfigMaps that a chart mounts and does not make. */
async function prepare(session: Session, { name }: Chart): Promise<Failure | { needsRestart: boolean }> {
  if (name === 'grafana') {
    const failure = await applyObjects(session, [dashboardsConfigMap(session)]);
    return failure ?? { needsRestart: false };
  }
  if (name !== 'alloy') return { needsRestart: false };
  const placed = await placeAlloyConfig(session);
  return isFailure(placed) ? placed : { needsRestart: placed.changed };
}

async function runHelm(session: Session, chart: Chart, args: readonly string[]): Promise<Failure | null> {
  const { code, stderr } = await withRetries(session, () => session.run('helm', args));
  if (code === 0) return null;
  return {
    message: `Helm could not deploy ${chart.name}.`,
    hint: hintFor(session, chart, stderr),
    details: stderr.trim(),
  };
}

function hintFor(session: Session, { name }: Chart, stderr: string): string {
  if (/another operation .* in progress/i.test(stderr)) {
    return `An earlier deployment was cut off, or another one runs. If none does: helm rollback ${name} ${helmTarget(session).join(' ')} (or helm uninstall, the first time).`;
  }
  if (/dial tcp|no such host|i\/o timeout|failed to (fetch|download)/i.test(stderr)) {
    return `The chart cannot be fetched: see that this machine reaches it, then ${session.ways.deployOne(name)}; or name a folder of charts: WATCHTOWER_CHARTS=FOLDER`;
  }
  return `Helm says why, below. When it is mended: ${session.ways.deployOne(name)}`;
}

function join(failures: readonly Failure[]): Failure {
  if (failures.length === 1) return failures[0]!;
  return {
    message: failures.map(({ message }) => message).join(' '),
    hint: [...new Set(failures.map(({ hint }) => hint))].join('\n'),
    details: failures.flatMap(({ details }) => details ?? []).join('\n'),
  };
}
