import { z } from 'zod';
import { Pod as PodStatus } from '../pods/pod-troubles';

const Labels = z.record(z.string(), z.string()).nullish();

const Metadata = z.object({
  name: z.string(),
  uid: z.string(),
  labels: Labels,
  generation: z.number().optional(),
  /** RFC 3339. */
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
});

const Ports = z.array(z.object({ name: z.string().optional(), containerPort: z.number() })).nullish();

const Container = z.object({
  name: z.string(),
  image: z.string().optional(),
  ports: Ports,
  resources: z.object({ limits: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** What is read of a pod, as the API server tells it. */
export const Pod = z.object({
  metadata: Metadata,
  spec: z.object({ containers: z.array(Container) }),
  status: PodStatus.shape.status.extend({ startTime: z.string().optional() }),
});
export type Pod = z.infer<typeof Pod>;

/** A Deployment, StatefulSet or DaemonSet. */
export const Workload = z.object({
  metadata: Metadata,
  spec: z.object({
    replicas: z.number().optional(),
    selector: z.object({ matchLabels: Labels }),
    template: z.object({ spec: z.object({ containers: z.array(Container) }) }),
  }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      /** All that are there, those of an earlier template among them. */
      replicas: z.number().optional(),
      readyReplicas: z.number().optional(),
      updatedReplicas: z.number().optional(),
      /** Those of a DaemonSet. */
      desiredNumberScheduled: z.number().optional(),
      numberReady: z.number().optional(),
      updatedNumberScheduled: z.number().optional(),
    })
    .optional(),
});
export type Workload = z.infer<typeof Workload>;

export const Service = z.object({
  metadata: Metadata,
  spec: z.object({
    selector: Labels,
    ports: z
      .array(
        z.object({
          name: z.string().optional(),
          port: z.number(),
          targetPort: z.union([z.number(), z.string()]).optional(),
          nodePort: z.number().optional(),
        }),
      )
      .nullish(),
  }),
});
export type Service = z.infer<typeof Service>;

export const Event = z.object({
  metadata: Metadata,
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
  involvedObject: z.object({ kind: z.string().optional(), name: z.string().optional() }),
});
export type Event = z.infer<typeof Event>;

/** Whether the labels hold all that a selector asks for; an empty one selects nothing here. */
export function selects(selector: z.infer<typeof Labels>, labels: z.infer<typeof Labels>): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value);
}
