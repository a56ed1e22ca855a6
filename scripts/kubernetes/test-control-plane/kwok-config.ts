import { stringify } from 'yaml';

const apiVersion = 'kwok.x-k8s.io/v1alpha1';

/** Annotation of a pod that ends as soon as it starts; its value is the reason, such as `OOMKilled`. */
export const crashAnnotation = 'watchtower-test/crash';
/** Annotation of a pod that takes this long to become ready, such as `20s`. */
export const readyAfterAnnotation = 'watchtower-test/ready-after';

export interface KwokConfig {
  /** In the container runtime's own format: time, stream, `F`, text. */
  logFile: string;
  /** Where a port of any pod leads to, on this machine. */
  forwards: Readonly<Record<number, number>>;
}

/** What the simulated kubelet does: nodes that are ready, pods that get ready or crash, one log, ports that lead to this machine. */
export function kwokConfig({ logFile, forwards }: KwokConfig): string {
  const documents = [
    stage('node-ready', 'Node', [lacks('.status.conditions.[] | select(.type == "Ready") | .status')], node),
    stage('pod-gone', 'Pod', [has('.metadata.deletionTimestamp')], null),
    stage(
      'pod-ready',
      'Pod',
      [
        lacks('.metadata.deletionTimestamp'),
        lacks(`.metadata.annotations["${crashAnnotation}"]`),
        lacks('.status.containerStatuses'),
      ],
      pod(ready),
      {
        durationMilliseconds: 500,
        durationFrom: { expressionFrom: `.metadata.annotations["${readyAfterAnnotation}"]` },
      },
    ),
    stage(
      'pod-crashes',
      'Pod',
      [
        lacks('.metadata.deletionTimestamp'),
        has(`.metadata.annotations["${crashAnnotation}"]`),
        lacks('.status.containerStatuses'),
      ],
      pod(crashing),
    ),
    { kind: 'ClusterLogs', metadata: { name: 'all' }, spec: { logs: [{ logsFile: logFile, follow: true }] } },
    {
      kind: 'ClusterPortForward',
      metadata: { name: 'all' },
      spec: {
        forwards: Object.entries(forwards).map(([inside, outside]) => ({
          ports: [Number(inside)],
          target: { address: '127.0.0.1', port: outside },
        })),
      },
    },
  ];
  return documents.map((each) => `---\n${stringify({ apiVersion, ...each })}`).join('');
}

const has = (key: string) => ({ key, operator: 'Exists' });
const lacks = (key: string) => ({ key, operator: 'DoesNotExist' });

/** Without a template the object is deleted. */
function stage(
  name: string,
  kind: 'Node' | 'Pod',
  matchExpressions: readonly object[],
  statusTemplate: string | null,
  delay?: object,
): object {
  return {
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind },
      selector: { matchExpressions },
      ...(delay && { delay }),
      next: statusTemplate === null ? { delete: true } : { statusTemplate },
    },
  };
}

const condition = (type: string, status: 'True' | 'False', reason: string) =>
  `- {type: ${type}, status: "${status}", reason: ${reason}, lastTransitionTime: {{ $now | Quote }}, lastHeartbeatTime: {{ $now | Quote }}}`;

const node = `
{{ $now := Now }}
conditions:
${condition('Ready', 'True', 'KubeletReady')}
${condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory')}
addresses:
- {type: InternalIP, address: {{ NodeIP | Quote }}}
- {type: Hostname, address: {{ .metadata.name | Quote }}}
daemonEndpoints:
  kubeletEndpoint:
    Port: {{ NodePort }}
phase: Running
`;

const ready = {
  isReady: 'True',
  container: `ready: true, started: true, restartCount: 0, state: {running: {startedAt: {{ $now | Quote }}}}`,
} as const;

/** As a kubelet tells it: the pod is running, its container waits for its next start. */
const crashing = {
  isReady: 'False',
  container: `ready: false, started: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff, message: back-off 40s restarting failed container}}, lastState: {terminated: {exitCode: 137, reason: {{ index $annotations "${crashAnnotation}" | Quote }}, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}}`,
} as const;

function pod({ isReady, container }: { isReady: 'True' | 'False'; container: string }): string {
  const podCondition = (type: string, status: 'True' | 'False') =>
    `- {type: ${type}, status: "${status}", lastTransitionTime: {{ $now | Quote }}}`;
  return `
{{ $now := Now }}
{{ $annotations := .metadata.annotations }}
conditions:
${podCondition('Initialized', 'True')}
${podCondition('Ready', isReady)}
${podCondition('ContainersReady', isReady)}
containerStatuses:
{{ range .spec.containers }}
- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", ${container}}
{{ end }}
{{ with .spec.initContainers }}
initContainerStatuses:
{{ range . }}
- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", ready: true, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}}}
{{ end }}
{{ end }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") | Quote }}
phase: Running
startTime: {{ $now | Quote }}
`;
}
