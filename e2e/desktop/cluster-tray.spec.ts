import { type ElectronApplication, expect, test } from '@playwright/test';
import { crashAnnotation } from '../../scripts/kubernetes/test-control-plane/kwok-config';
import { whyNoControlPlane } from '../../scripts/kubernetes/test-control-plane/programs';
import { openStandInCluster, type StandInCluster } from '../stand-in-cluster';
import { startHost, type TestHost } from '../start-host';
import { type DesktopBus, openDesktopBus, whyNoDesktopBus } from './desktop-bus';
import { launchDesktop, skipWithoutElectron } from './launch-desktop';

// The tray on a real API server, whose kubelet is simulated: what it says of the stack follows the pods.

const reason = whyNoControlPlane() ?? whyNoDesktopBus();
skipWithoutElectron();
test.skip(reason !== null, reason ?? '');
test.setTimeout(300_000);

let cluster: StandInCluster;
let host: TestHost;
let bus: DesktopBus;
let app: ElectronApplication;

test.beforeAll(async () => {
  if (reason !== null) return;
  test.setTimeout(240_000);
  cluster = await openStandInCluster();
  host = await startHost(undefined, cluster.env);
  bus = await openDesktopBus();
  await bus.showTray();
  app = await launchDesktop({ home: host.home, env: bus.env });
});
test.afterAll(async () => {
  await app?.close().catch(() => {});
  await bus?.close();
  await host?.stop();
  await cluster?.close();
});

test('the tray follows the cluster: deployed, crashing, its server gone and back', async () => {
  const says = (text: string | RegExp) =>
    expect.poll(async () => (await bus.tray())?.menu[0]?.label, { timeout: 90_000 }).toMatch(text);
  const annotate = (value: string | null) => {
    const template = { metadata: { annotations: { [crashAnnotation]: value } } };
    return cluster.plane.kubectl('patch', 'statefulset', 'loki', '--patch', JSON.stringify({ spec: { template } }));
  };

  await says(/^Embedded engine: running/);
  const switched = await host.cli('backend', 'kubernetes');
  expect(switched.code, switched.stderr).toBe(0);
  await says(/^Kubernetes: running/);

  await annotate('Error');
  await says(/^Kubernetes: degraded/);
  await annotate(null);
  await cluster.plane.kubectl('delete', 'pod', 'loki-0', '--wait=false');
  await says(/^Kubernetes: running/);

  await cluster.plane.loseServer();
  await says(/^Kubernetes: degraded/);
  await cluster.plane.bringServerBack();
  await says(/^Kubernetes: running/);
});
