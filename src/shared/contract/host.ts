import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { backendKinds } from '../backend-kinds';
import { Problem } from '../problem';
import { ExternalSettings } from './external';
import { GrafanaAccess, GrafanaDoors } from './grafana-doors';
import { HostName } from './host-name';

export const Backend = z.enum(backendKinds);
export type Backend = z.infer<typeof Backend>;

const ServiceState = z.enum(['starting', 'up', 'down']);

export const ServiceHealth = z.object({
  name: z.string(),
  title: z.string(),
  state: ServiceState,
  /** Where it answers: a URL, or HOST:PORT for gRPC. */
  address: z.string().optional(),
  detail: z.string().optional(),
});
export type ServiceHealth = z.infer<typeof ServiceHealth>;

/** Items a second, mean of the last second. */
const Rates = z.object({ spans: z.number(), logs: z.number(), points: z.number() });

/** Items that were refused for one reason, or warned of. */
const RecentRejection = z.object({
  /** `requests`: refused as a whole, what they held is not known. */
  items: z.enum(['spans', 'logs', 'points', 'requests']),
  /** What is wrong, and what to send instead. */
  reason: z.string(),
  count: z.number(),
  /** False: a warning, the items are kept. */
  lost: z.boolean(),
  /** The metric of the first of them, and the `service.name`; empty where there is none. */
  metric: z.string(),
  service: z.string(),
  /** Unix milliseconds of the last time. */
  at: z.number(),
});
export type RecentRejection = z.infer<typeof RecentRejection>;

/** What a backend can do beside receiving and answering. Panel, tray and commands go by this, not by its name. */
export const Capabilities = z.object({
  /** Its services run apart: each has output to read and can be restarted (`backend.logs`, `backend.restartService`). */
  services: z.boolean(),
  /** What it keeps follows the retention of the settings, is deleted by `host.clean` and can be exported. */
  storage: z.boolean(),
  /** Its start may take minutes, and tells how far it is (`backend.status`). */
  progress: z.boolean(),
  /** It goes on when the host ends. */
  outlivesHost: z.boolean(),
  /** It is started and stopped here. */
  lifecycle: z.boolean(),
  /** It copies what arrives to destinations. */
  forwarding: z.boolean(),
  /** What arrives is counted: `ingest` of the status is known. */
  ingest: z.boolean(),
  /** It answers queries for traces, logs, metrics. */
  traces: z.boolean(),
  logs: z.boolean(),
  metrics: z.boolean(),
  /** Why one of these is not there, where a person may wonder: a sentence. */
  because: z.partialRecord(
    z.enum(['services', 'storage', 'lifecycle', 'forwarding', 'ingest', 'traces', 'logs', 'metrics']),
    z.string(),
  ),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** Where what apps send is kept. */
export const KeptAt = z.object({
  /** False: it leaves this machine whether or not a destination is switched on, or that is not known. */
  here: z.boolean(),
  /** After "kept": "on this machine", "in the cluster prod-eu". */
  where: z.string(),
});
export type KeptAt = z.infer<typeof KeptAt>;

export const HostStatus = z.object({
  version: z.string(),
  host: z.enum(['headless', 'desktop']),
  pid: z.number(),
  /** Unix milliseconds. */
  startedAt: z.number(),
  backend: Backend,
  capabilities: Capabilities,
  state: z.enum(['stopped', 'starting', 'ready', 'degraded', 'failed', 'stopping']),
  services: z.array(ServiceHealth),
  endpoints: z.object({
    /** Where apps send to; missing where that is not known, or the backend only answers queries. */
    otlpGrpc: z.string().optional(),
    otlpHttp: z.string().optional(),
    /** Base URLs of the query APIs; empty where the external backend has none of this kind. */
    tempo: z.string(),
    loki: z.string(),
    prometheus: z.string(),
    grafana: z.string().optional(),
  }),
  keptAt: KeptAt,
  /** All zero where `capabilities.ingest` is false. */
  ingest: z.object({
    rates: Rates,
    /** Accepted since the engine started. */
    totals: Rates,
    rejected: Rates,
    /** Points that were accepted and that the store could not keep. */
    leftOut: z.number(),
    /** Why items were rejected, left out or warned of: newest first, at most 20; none where the backend does not tell. */
    rejections: z.array(RecentRejection),
    /** Unix milliseconds; null before the first item. */
    lastReceivedAt: z.number().nullable(),
    /** One entry a second, oldest first, at most 120; none while nothing arrived in that time. */
    history: z.array(Rates.extend({ at: z.number() })),
  }),
  storage: z.object({
    dataDir: z.string(),
    diskBytes: z.number(),
    /** 0: no bound by size, as in the Docker stack. */
    maxBytes: z.number(),
    maxAgeHours: z.number(),
    oldestAt: z.number().nullable(),
    backlogBytes: z.number(),
    /** Null where the backend does not count what it keeps. */
    stored: Rates.extend({ series: z.number() }).nullable(),
    residentBytes: z.number(),
  }),
  /** `destinations` counts those that are switched on. */
  cloud: z.object({
    enabled: z.boolean(),
    destinations: z.number(),
    state: z.enum(['off', 'waiting', 'sending', 'failing']),
  }),
  /** Missing on a host that has none. */
  grafanaDoors: GrafanaDoors.optional(),
  problems: z.array(Problem.extend({ id: z.string() })),
});
export type HostStatus = z.infer<typeof HostStatus>;

/** Those that this host can put behind its ports. */
export const SwitchableBackend = Backend.extract(backendKinds);
export type SwitchableBackend = z.infer<typeof SwitchableBackend>;

/** Of the kubeconfig. */
const KubeContext = z.string().min(1).max(253);

/** A pinned chart: what PromQL answers over time. */
export const BoardChart = z.object({
  id: z.string().min(1).max(64),
  title: z.string().min(1).max(200),
  query: z.string().min(1).max(8000),
  /** Of its values, as a metric says it: `seconds`, `bytes`, `1/s`; empty where it is not known. */
  unit: z.string().max(60).default(''),
});
export type BoardChart = z.infer<typeof BoardChart>;

export const Settings = z.object({
  /** What runs behind the ports. Changed by `host.switchBackend` alone, which also starts it. */
  backend: SwitchableBackend,
  /** Additions to the pipeline of the Docker stack; see docs/extending.md. */
  pipeline: z.object({
    /** Faro receiver for browsers, on port 12347. */
    faro: z.boolean(),
    /** Prometheus targets to scrape, as Alloy sees them: `host.docker.internal:8080`. */
    scrapeTargets: z
      .array(
        z.object({
          job: z.string().min(1).max(100),
          address: z.string().regex(/^[^\s/:]+:\d+$/),
          path: z.string().startsWith('/').default('/metrics'),
        }),
      )
      .max(50),
  }),
  /** The context of the kubeconfig that is used; without one the kind cluster that Watchtower makes. Changed by `host.switchBackend`. */
  kubernetes: z.object({ context: KubeContext.optional() }).optional(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Filled into env blocks and snippets. */
  serviceName: z.string().min(1).max(200),
  shell: z.enum(['bash', 'zsh', 'fish', 'powershell', 'dotenv', 'launch.json']),
  language: z.string(),
  retention: z.object({
    maxAgeHours: z.number().int().min(1).max(8760),
    maxBytes: z
      .number()
      .int()
      .min(64 * 1024 * 1024),
  }),
  /** The charts on the board of Metrics, in their order. */
  board: z.array(BoardChart).max(50).optional(),
  /** Where the external backend answers. Changed by `backend.setExternal` alone. */
  external: ExternalSettings.optional(),
  /** More names by which containers and virtual machines reach this machine, from the next start on. */
  allowedHosts: z.array(HostName).max(50).optional(),
  /** Grafana's doors are open while the embedded engine stands behind the ports. Its usual port is that of many a development server. */
  grafanaDoors: z.boolean().optional(),
  /** Of the desktop app alone. */
  desktop: z.object({
    openAtLogin: z.boolean(),
    /** The start at login shows no window. */
    startHidden: z.boolean(),
    /** The app goes on in the tray when its window closes. Without a tray it ends. */
    keepRunning: z.boolean(),
    /** What quitting does with a Docker stack that runs. */
    onQuit: z.enum(['ask', 'stop', 'leave']),
    /** Which versions are offered; without one the released ones. */
    updates: z.enum(['latest', 'beta']).optional(),
  }),
});
export type Settings = z.infer<typeof Settings>;

const SettingsPatch = Settings.omit({ backend: true, kubernetes: true, external: true }).partial();

export const Check = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'failed']),
  message: z.string(),
  hint: z.string().optional(),
});
export type Check = z.infer<typeof Check>;

/** How many of each the demonstration sent. */
const DemoSent = z.object({ traces: z.number(), spans: z.number(), logs: z.number() });
export type DemoSent = z.infer<typeof DemoSent>;

/** For a report of a fault: secrets are masked, the user's folder is written as `~`. */
export const Diagnostics = z.object({
  /** Unix milliseconds. */
  at: z.number(),
  files: z.array(z.object({ name: z.string(), text: z.string() })),
});
export type Diagnostics = z.infer<typeof Diagnostics>;

/** `data` says why, and what to do. */
const backendErrors = {
  BACKEND: { status: 409, message: 'The backend could not do this.', data: Problem },
} as const;

export const host = {
  /** Every change, at most twice a second; the first value at once. */
  status: oc.output(eventIterator(HostStatus)),
  snapshot: oc.output(HostStatus),
  start: oc.output(HostStatus),
  stop: oc.errors(backendErrors).output(HostStatus),
  restart: oc.output(HostStatus),
  /**
   * Stops the one, starts the other; both keep their data. Returns once the other is starting. `context`: of Kubernetes, the cluster
   * that is meant from now on, `kind-watchtower` for ours; without one the same as before.
   */
  switchBackend: oc
    .errors(backendErrors)
    .input(z.object({ backend: SwitchableBackend, context: KubeContext.optional() }))
    .output(HostStatus),
  /** Deletes all telemetry kept by the embedded engine. */
  clean: oc.input(z.object({ confirm: z.literal(true) })).output(z.object({ freedBytes: z.number() })),
  /**
   * Takes a problem with lifetime `until-seen` from the list; one that is gone already is no error. With `BACKEND`: the
   * problem ends by its cause alone.
   */
  dismiss: oc
    .errors(backendErrors)
    .input(z.object({ id: z.string() }))
    .output(HostStatus),
  doctor: oc.output(z.array(Check)),
  diagnostics: oc.output(Diagnostics),
  /** Sends ten seconds of an imaginary shop's traces, logs and metrics to this host; answers when all is taken. */
  sendDemo: oc.errors(backendErrors).output(DemoSent),
  /** What to write before the arguments of `watchtower` in a shell of this machine: `watchtower`, or `node PATH`. */
  command: oc.output(z.string()),
  settings: oc.output(Settings),
  /** Every change, whoever made it; the first value at once. */
  settingsFeed: oc.output(eventIterator(Settings)),
  /** With `BACKEND` the settings were not written, or are kept while the running stack goes on with the old ones. */
  updateSettings: oc.errors(backendErrors).input(SettingsPatch).output(Settings),
  /** The place of each service in the order of first sight, from 0: what its colour follows from. */
  serviceColours: oc
    .input(z.object({ names: z.array(z.string().max(1024)).max(500) }))
    .output(z.object({ places: z.array(z.number().int().min(0)) })),
  /** What Grafana's doors are opened with. */
  grafanaAccess: oc.output(GrafanaAccess),
  /** Signs a browser in once, within a minute: `/?ticket=…`. For an address that other programs may read. */
  ticket: oc.output(z.object({ ticket: z.string() })),
  /** Ends the host process: the answer comes first. */
  shutdown: oc.output(z.object({ stopping: z.literal(true) })),
};
