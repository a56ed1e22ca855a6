import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stringify } from 'yaml';
import { cluster } from '../../../src/core/backends/kubernetes/cluster/cluster';
import { runTool } from '../../../src/core/backends/kubernetes/tools/run-tool';
import { findFreePort } from '../../../src/core/ports/find-free-port';
import { kwokConfig } from './kwok-config';
import { programPath } from './programs';
import { type RunningProgram, startProgram } from './start-program';

const loopback = '127.0.0.1';
const token = 'token-of-the-test';
const patienceMs = 120_000;

export interface ControlPlaneOptions {
  /** As the kubeconfig names it; ours where nothing is said. */
  context?: string;
  /** Of the one node; ours where nothing is said. */
  nodeLabels?: Readonly<Record<string, string>>;
  /** What the node has for pods, such as `8Gi`. */
  memory?: string;
  /** Where a port of any pod leads to, on this machine. */
  forwards?: Readonly<Record<number, number>>;
}

export interface ControlPlane {
  context: string;
  /** Path of a kubeconfig of this user alone. */
  kubeconfig: string;
  /** Runs kubectl in the namespace of the stack; what it printed. Throws what it said when it fails. */
  kubectl(...args: string[]): Promise<string>;
  /** The same, as the object that it printed. */
  read<Value>(...args: string[]): Promise<Value>;
  /** A line that every container wrote from now on. */
  log(text: string): void;
  /** The API server is gone, as by a loss of power. */
  loseServer(): Promise<void>;
  /** It is back, on the same port and with what etcd kept. */
  bringServerBack(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A real API server with etcd, controller manager and scheduler on free ports of the loopback address, and one node whose
 * kubelet is simulated. The programs are those of WATCHTOWER_KUBE_TOOLS; all end with `close`, or with this process.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { context = cluster.context } = options;
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-control-plane-'));
  const at = (name: string) => join(folder, name);
  const [etcdPort, peerPort, serverPort, kubeletPort] = (await freePorts(4)) as [number, number, number, number];
  const programs: RunningProgram[] = [];
  const start = (...[program, args]: [Parameters<typeof startProgram>[0], readonly string[]]) => {
    const running = startProgram(program, args, folder);
    programs.push(running);
    return running;
  };

  writeKeys(folder);
  writeFileSync(at('tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const kubeconfig = at('kubeconfig');
  writeFileSync(kubeconfig, kubeconfigOf(context, serverPort, at('certs/apiserver.crt')), { mode: 0o600 });
  const logFile = at('containers.log');
  writeFileSync(logFile, '');
  writeFileSync(at('kwok.yaml'), kwokConfig({ logFile, forwards: options.forwards ?? {} }));

  start('etcd', etcdArgs(at('data'), etcdPort, peerPort));
  let server = start('kube-apiserver', serverArgs(folder, etcdPort, serverPort));
  await untilReady(server, serverPort);
  const common = ['--kubeconfig', kubeconfig, '--leader-elect=false', `--bind-address=${loopback}`, '--secure-port=0'];
  const keys = ['--service-account-private-key-file', at('sa.key'), '--root-ca-file', at('certs/apiserver.crt')];
  start('kube-controller-manager', [...common, ...keys]);
  start('kube-scheduler', common);
  start('kwok', kwokArgs(folder, kubeconfig, kubeletPort));

  const kubectl = async (...args: string[]) => {
    const target = ['--kubeconfig', kubeconfig, '--context', context, '--namespace', cluster.namespace];
    return run([...target, ...args]);
  };
  const plane: ControlPlane = {
    context,
    kubeconfig,
    kubectl,
    read: async (...args) => JSON.parse(await kubectl('get', ...args, '--output=json')),
    log: (text) => appendFileSync(logFile, `${new Date().toISOString().replace('Z', '000000Z')} stdout F ${text}\n`),
    loseServer: () => server.end(),
    async bringServerBack() {
      server = start('kube-apiserver', serverArgs(folder, etcdPort, serverPort));
      await untilReady(server, serverPort);
    },
    async close() {
      await Promise.all(programs.map((each) => each.end()));
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  try {
    await kubectl('apply', '--server-side', '--filename', writeObjects(folder, options));
    await kubectl('wait', '--for=condition=Ready', `node/${cluster.node}`, '--timeout=60s');
  } catch (error) {
    await plane.close();
    throw error;
  }
  return plane;
}

async function run(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runTool(programPath('kubectl') as 'kubectl', args);
  if (code !== 0) throw new Error(`kubectl ${args.slice(6).join(' ')}: ${stderr}`);
  return stdout;
}

/** All at once, so that none is given twice. */
async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort(loopback));
  return [...ports];
}

/** With these the server signs the tokens of service accounts. */
function writeKeys(folder: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSync(join(folder, 'sa.key'), privateKey, { mode: 0o600 });
  writeFileSync(join(folder, 'sa.pub'), publicKey);
}

function kubeconfigOf(context: string, port: number, authority: string): string {
  const server = `https://${loopback}:${port}`;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    contexts: [{ name: context, context: { cluster: 'test', user: 'test' } }],
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': authority } }],
    users: [{ name: 'test', user: { token } }],
  });
}

function etcdArgs(data: string, port: number, peerPort: number): string[] {
  const [client, peer] = [`http://${loopback}:${port}`, `http://${loopback}:${peerPort}`];
  return [
    ...['--data-dir', data, '--unsafe-no-fsync'],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
  ];
}

function serverArgs(folder: string, etcdPort: number, port: number): string[] {
  return [
    `--etcd-servers=http://${loopback}:${etcdPort}`,
    ...[`--bind-address=${loopback}`, `--secure-port=${port}`, `--advertise-address=${loopback}`],
    `--cert-dir=${join(folder, 'certs')}`,
    '--endpoint-reconciler-type=none',
    ...['--authorization-mode=RBAC', `--token-auth-file=${join(folder, 'tokens.csv')}`],
    ...['--service-cluster-ip-range=10.96.0.0/16', '--allow-privileged'],
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    `--service-account-key-file=${join(folder, 'sa.pub')}`,
    '--kubelet-preferred-address-types=InternalIP',
  ];
}

function kwokArgs(folder: string, kubeconfig: string, port: number): string[] {
  return [
    ...['--kubeconfig', kubeconfig, '--config', join(folder, 'kwok.yaml'), '--manage-all-nodes'],
    ...[`--node-ip=${loopback}`, `--node-port=${port}`, `--server-address=${loopback}:${port}`],
    '--node-lease-duration-seconds=40',
    ...['--tls-cert-file', join(folder, 'certs/apiserver.crt')],
    ...['--tls-private-key-file', join(folder, 'certs/apiserver.key')],
  ];
}

/** The node, and volumes for what claims one: nothing here provides them. */
function writeObjects(folder: string, { nodeLabels, memory = '16Gi' }: ControlPlaneOptions): string {
  const [key, value] = cluster.label.split('=') as [string, string];
  const has = { cpu: '8', memory, pods: '110' };
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: cluster.node, labels: nodeLabels ?? { [key]: value } },
    status: { allocatable: has, capacity: has },
  };
  const volumes = Array.from({ length: 12 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `volume-${index}` },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '50Gi' },
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: '/nowhere' },
    },
  }));
  const file = join(folder, 'objects.json');
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [node, ...volumes] }));
  return file;
}

async function untilReady(server: RunningProgram, port: number): Promise<void> {
  for (const since = Date.now(); !server.hasEnded() && Date.now() - since < patienceMs; await wait(200)) {
    if (await isReady(port)) return;
  }
  throw new Error(`The API server does not become ready:\n${server.lastLines()}`);
}

function isReady(port: number): Promise<boolean> {
  const options = { headers: { authorization: `Bearer ${token}` }, rejectUnauthorized: false };
  return new Promise((resolve) => {
    get(`https://${loopback}:${port}/readyz`, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).once('error', () => resolve(false));
  });
}
