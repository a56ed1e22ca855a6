import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { servicesBackends } from '../backend-kinds';
import { Problem } from '../problem';
import { external } from './external';
import { Backend } from './host';

/** Those whose services run apart; each is driven by these procedures, also while another one stands behind the ports. */
export const ServicesBackend = Backend.extract(servicesBackends);
export type ServicesBackend = z.infer<typeof ServicesBackend>;

/** What runs the services, a container engine or the API server of a cluster: the one that was found, or why there is none. */
export const RuntimeStatus = z.object({
  state: z.enum(['looking', 'connected', 'absent', 'not-responding', 'refused', 'too-old']),
  /** `unix:///var/run/docker.sock`, `tcp://HOST:PORT`, `https://127.0.0.1:6443`; empty while none is chosen. */
  endpoint: z.string(),
  /** Why this endpoint: "DOCKER_HOST", "Docker context colima", "kind cluster watchtower", … */
  reason: z.string(),
  /** "Docker Engine 28.2.2", "Podman Engine 5.4.0", "Kubernetes v1.34.1". */
  version: z.string().optional(),
  architecture: z.string().optional(),
  /** It is not there, and `up` makes or starts it. */
  startable: z.boolean().optional(),
  problem: Problem.optional(),
});
export type RuntimeStatus = z.infer<typeof RuntimeStatus>;

/** What the cluster noted about a service's pods. */
const ServiceEvent = z.object({
  /** Unix milliseconds. */
  at: z.number(),
  type: z.enum(['normal', 'warning']),
  /** In one word, as Kubernetes has it: "FailedScheduling", "BackOff". */
  reason: z.string(),
  message: z.string(),
});

export const BackendService = z.object({
  name: z.string(),
  title: z.string(),
  image: z.string(),
  /** `missing`: nothing of it is there. `starting`: it runs and does not answer yet. `ready`: it answers. */
  state: z.enum(['missing', 'created', 'starting', 'ready', 'unready', 'restarting', 'exited']),
  /** Id of its container, or name of its newest pod. */
  instance: z.string().optional(),
  /** Unix milliseconds. */
  startedAt: z.number().optional(),
  /** Of the last end. */
  exitCode: z.number().optional(),
  outOfMemory: z.boolean(),
  /** Ends without a stop of ours since the stack was started. */
  crashes: z.number(),
  /** `address` is HOST:PORT, `url` where a browser can go. */
  ports: z.array(z.object({ name: z.string(), address: z.string(), url: z.string().optional() })),
  /** Cores; absent while not measured. */
  cpu: z.number().optional(),
  memoryBytes: z.number().optional(),
  memoryLimitBytes: z.number().optional(),
  /** Pods; absent where a service is one container. */
  replicas: z.object({ ready: z.number(), wanted: z.number() }).optional(),
  /** Newest first, at most 20. */
  events: z.array(ServiceEvent).optional(),
  problem: Problem.optional(),
});
export type BackendService = z.infer<typeof BackendService>;

export const PullProgress = z.object({
  images: z.array(
    z.object({
      image: z.string(),
      state: z.enum(['waiting', 'pulling', 'present', 'failed']),
      /** Of the layers known so far. */
      currentBytes: z.number(),
      totalBytes: z.number(),
      layers: z.array(
        z.object({
          id: z.string(),
          state: z.enum(['waiting', 'downloading', 'extracting', 'done']),
          currentBytes: z.number(),
          totalBytes: z.number(),
        }),
      ),
      /** The registry refused or stalled; tried again after the pause that the message names. */
      problem: Problem.optional(),
    }),
  ),
  currentBytes: z.number(),
  totalBytes: z.number(),
  bytesPerSecond: z.number(),
});
export type PullProgress = z.infer<typeof PullProgress>;

/** One step of a long start: a cluster that is made, a chart that is installed. */
const StartStep = z.object({
  name: z.string(),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  /** The newest line of what it says; empty where it says nothing. */
  detail: z.string(),
});

export const BackendStatus = z.object({
  /** Where the services are: the Compose project of the containers, the context and namespace of the pods. */
  place: z.string(),
  runtime: RuntimeStatus,
  state: z.enum(['stopped', 'preparing', 'pulling', 'starting', 'ready', 'degraded', 'failed', 'stopping']),
  /** What is being done, as a sentence fragment: "Starting Tempo"; empty when at rest. */
  step: z.string(),
  /** The services were there before this host: started by `docker compose`, a Make target or an earlier host. */
  adopted: z.boolean(),
  services: z.array(BackendService),
  /** Only in the state `pulling`. */
  pull: PullProgress.nullable(),
  /** Of the start that is under way or ended last; none where it has no steps. */
  steps: z.array(StartStep),
  problem: Problem.nullable(),
});
export type BackendStatus = z.infer<typeof BackendStatus>;

/** What `clean` deletes: told before it is asked for. */
export const BackendRemains = z.object({
  /** By name: containers, or the cluster and what is in it. */
  containers: z.array(z.string()),
  /** `bytes` is null where the engine does not tell. */
  volumes: z.array(z.object({ name: z.string(), holds: z.string(), bytes: z.number().nullable() })),
});
export type BackendRemains = z.infer<typeof BackendRemains>;

export const ServiceLogLine = z.object({
  /** Unix milliseconds, as the engine stamped it. */
  at: z.number(),
  stream: z.enum(['stdout', 'stderr']),
  text: z.string(),
});
export type ServiceLogLine = z.infer<typeof ServiceLogLine>;

/** The request does not fit the state: nothing to run it on, not running, something else under way. `data` says what to do. */
const call = oc.errors({ BACKEND: { status: 409, message: 'The backend cannot do this now.', data: Problem } });
const of = z.object({ backend: ServicesBackend });
const service = of.extend({ service: z.string().min(1).max(253) });

export const backend = {
  /** Every change, at most four times a second; the first value at once. */
  status: oc.input(of).output(eventIterator(BackendStatus)),
  snapshot: oc.input(of).output(BackendStatus),
  /** Returns once the work has begun; `status` tells how it goes. Also mends what is degraded, and goes on with what was cancelled. */
  up: call.input(of).output(BackendStatus),
  /** Resolves when the services are gone; their data stays. */
  down: call.input(of).output(BackendStatus),
  /** Ends a start that is under way. */
  cancel: call.input(of).output(BackendStatus),
  restartService: call.input(service).output(BackendStatus),
  /** `follow` ends when the service's container ends. Secrets are masked. */
  logs: call
    .input(service.extend({ tail: z.number().int().min(0).max(5000).default(200), follow: z.boolean().default(false) }))
    .output(eventIterator(z.object({ lines: z.array(ServiceLogLine) }))),
  remains: call.input(of).output(BackendRemains),
  clean: call.input(of.extend({ confirm: z.literal(true) })).output(BackendRemains),
  ...external,
};
