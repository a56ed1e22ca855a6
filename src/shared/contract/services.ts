import { oc } from '@orpc/contract';
import { z } from 'zod';
import { queryErrors, TimeWindow } from './telemetry';

const query = oc.errors(queryErrors);

/** Nanoseconds; null where no duration is known. */
const duration = z.number().nullable();

/** What one service sent in a window. */
export const ServiceActivity = z.object({
  name: z.string(),
  spans: z.number(),
  errorSpans: z.number(),
  /** Of its spans, those that came in: of a server or a consumer. */
  requests: z.number(),
  failedRequests: z.number(),
  /** Quantiles and longest of its requests' durations; of all its spans where it has no requests. */
  p50Ns: duration,
  p95Ns: duration,
  p99Ns: duration,
  longestNs: duration,
  logs: z.number(),
  /** Of a level of error or worse. */
  errorLogs: z.number(),
  /** Whether it has metrics of its own. */
  metrics: z.boolean(),
  /** Its requests, or spans, in each part of the window, and how many failed; empty where it was not asked for, or is not answered. */
  rates: z.array(z.number()),
  failures: z.array(z.number()),
});
export type ServiceActivity = z.infer<typeof ServiceActivity>;

/** The spans of one name of one service in a window. */
export const Operation = z.object({
  service: z.string(),
  name: z.string(),
  spans: z.number(),
  /** 95th percentile and longest of the known durations, nanoseconds. */
  p95Ns: z.number(),
  longestNs: z.number(),
});
export type Operation = z.infer<typeof Operation>;

/** The spans of one name and kind of a service in a window. */
export const ServiceOperation = z.object({
  name: z.string(),
  kind: z.enum(['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']),
  spans: z.number(),
  errors: z.number(),
  p50Ns: duration,
  p95Ns: duration,
  p99Ns: duration,
  longestNs: duration,
});
export type ServiceOperation = z.infer<typeof ServiceOperation>;

/** A resource under which a service sent: its attributes, what it sent, and when that was, Unix milliseconds. */
export const ServiceResource = z.object({
  /** Values as text; a long one ends with its length. */
  attributes: z.array(z.object({ key: z.string(), value: z.string() })),
  spans: z.number(),
  logs: z.number(),
  firstMs: z.number(),
  lastMs: z.number(),
});
export type ServiceResource = z.infer<typeof ServiceResource>;

/** Requests from one node of the service graph to another. */
export const ServiceEdge = z.object({
  client: z.string(),
  server: z.string(),
  /**
   * `user` stands for whoever sends what comes in from outside; `service` for a service that sent no span of its own as well. By `queue`
   * one service reaches another; with `publish` the server is a queue, with `consume` the client.
   */
  kind: z.enum(['service', 'database', 'queue', 'publish', 'consume', 'user', 'outside']),
  /** Of a queue that is one end of it: its messaging system, such as `kafka`. */
  system: z.string().optional(),
  requests: z.number(),
  failed: z.number(),
  /** As seen by the client, or by the server where only it knows, nanoseconds; null where nothing was measured. */
  meanNs: duration,
});
export type ServiceEdge = z.infer<typeof ServiceEdge>;

export const services = {
  /**
   * Every service with a span, a line or a metric in the window, and those known from before, all of whose numbers are 0.
   * `missing` names the signals that could not be asked for. `parts`: of how many equal parts of the window is told what came;
   * `service`: the only one that is asked for. `spansOnly`: what is known by spans alone, which is quick; `withoutSpans`: the rest,
   * with no span counted.
   */
  list: query
    .input(
      z.object({
        window: TimeWindow,
        parts: z.number().int().min(0).max(200).default(0),
        service: z.string().optional(),
        spansOnly: z.boolean().default(false),
        withoutSpans: z.boolean().default(false),
      }),
    )
    .output(z.object({ services: z.array(ServiceActivity), missing: z.array(z.enum(['traces', 'logs', 'metrics'])) })),
  /** Those with the longest 95th percentiles of the window, the longest first; none whose spans all took no time. */
  slowestOperations: query
    .input(z.object({ window: TimeWindow, limit: z.number().int().min(1).max(100).default(5) }))
    .output(z.array(Operation)),
  /** The most frequent names of a service's spans, the most frequent first, and of how many. */
  operations: query
    .input(z.object({ service: z.string(), window: TimeWindow, limit: z.number().int().min(1).max(1000).default(200) }))
    .output(z.object({ operations: z.array(ServiceOperation), total: z.number() })),
  /**
   * Who called whom in the window, by the metrics of Tempo's service graph, and who published to which queue and took from it, by their
   * spans: the busiest edges first, and of how many. `of` leaves only those of one service. `leftOut`: why queues are missing.
   */
  graph: query
    .input(
      z.object({
        window: TimeWindow,
        of: z.string().optional(),
        limit: z.number().int().min(1).max(2000).default(500),
      }),
    )
    .output(z.object({ edges: z.array(ServiceEdge), total: z.number(), leftOut: z.array(z.string()).optional() })),
  /**
   * Under which resources a service sent spans or lines in the window, the newest first, and of how many: its versions, deployments
   * and instances. Null where the backend does not tell.
   */
  resources: query
    .input(z.object({ service: z.string(), window: TimeWindow, limit: z.number().int().min(1).max(100).default(50) }))
    .output(z.object({ resources: z.array(ServiceResource), total: z.number() }).nullable()),
};
