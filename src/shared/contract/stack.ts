import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';

/** Names as in `resources/stack/docker-compose.yml`. */
export const StackServiceName = z.enum(['alloy', 'tempo', 'loki', 'prometheus', 'grafana']);
export type StackServiceName = z.infer<typeof StackServiceName>;

/** The container engine that was found, or why there is none. */
export const DockerStatus = z.object({
  state: z.enum(['looking', 'connected', 'absent', 'not-responding', 'too-old']),
  /** `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://HOST:PORT`; empty while none is chosen. */
  endpoint: z.string(),
  /** Why this endpoint: "DOCKER_HOST", "Docker context colima", "socket of Docker Desktop", … */
  reason: z.string(),
  /** As `docker version` tells it: "Docker Engine 28.2.2", "Podman Engine 5.4.0". */
  engine: z.string().optional(),
  architecture: z.string().optional(),
  problem: Problem.optional(),
});
export type DockerStatus = z.infer<typeof DockerStatus>;

export const StackService = z.object({
  name: StackServiceName,
  title: z.string(),
  image: z.string(),
  /** `missing`: no container. `starting`: its container runs and does not answer yet. `ready`: it answers over HTTP. */
  state: z.enum(['missing', 'created', 'starting', 'ready', 'unready', 'restarting', 'exited']),
  containerId: z.string().optional(),
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
  problem: Problem.optional(),
});
export type StackService = z.infer<typeof StackService>;

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

export const StackStatus = z.object({
  /** Compose project of the containers. */
  project: z.string(),
  docker: DockerStatus,
  state: z.enum(['stopped', 'preparing', 'pulling', 'starting', 'ready', 'degraded', 'failed', 'stopping']),
  /** What is being done, as a sentence fragment: "Starting Tempo"; empty when at rest. */
  step: z.string(),
  /** The containers were there before this host: started by `docker compose`, `make docker-up` or an earlier host. */
  adopted: z.boolean(),
  services: z.array(StackService),
  /** Only in the state `pulling`. */
  pull: PullProgress.nullable(),
  problem: Problem.nullable(),
});
export type StackStatus = z.infer<typeof StackStatus>;

/** What `clean` deletes: told before it is asked for. */
export const StackRemains = z.object({
  containers: z.array(z.string()),
  /** `bytes` is null where the engine does not tell. */
  volumes: z.array(z.object({ name: z.string(), holds: z.string(), bytes: z.number().nullable() })),
});
export type StackRemains = z.infer<typeof StackRemains>;

export const ServiceLogLine = z.object({
  /** Unix milliseconds, as the engine stamped it. */
  at: z.number(),
  stream: z.enum(['stdout', 'stderr']),
  text: z.string(),
});
export type ServiceLogLine = z.infer<typeof ServiceLogLine>;

/** The request does not fit the state: no engine, not running, something else under way. `data` says what to do. */
const stackErrors = { STACK: { status: 409, message: 'The stack cannot do this now.', data: Problem } } as const;
const stackCall = oc.errors(stackErrors);
const service = z.object({ service: StackServiceName });

export const stack = {
  /** Every change, at most four times a second; the first value at once. */
  status: oc.output(eventIterator(StackStatus)),
  snapshot: oc.output(StackStatus),
  /** Returns once the work has begun; `status` tells how it goes. Also mends a degraded stack. */
  up: stackCall.output(StackStatus),
  /** Resolves when the containers are gone; volumes stay. */
  down: stackCall.output(StackStatus),
  /** Ends a pull or a start that is under way. */
  cancel: stackCall.output(StackStatus),
  restartService: stackCall.input(service).output(StackStatus),
  /** `follow` ends when the service's container ends. Secrets are masked. */
  logs: stackCall
    .input(service.extend({ tail: z.number().int().min(0).max(5000).default(200), follow: z.boolean().default(false) }))
    .output(eventIterator(z.object({ lines: z.array(ServiceLogLine) }))),
  remains: stackCall.output(StackRemains),
  clean: stackCall.input(z.object({ confirm: z.literal(true) })).output(StackRemains),
};
