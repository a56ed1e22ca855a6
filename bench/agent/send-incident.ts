import { seeded } from '../../src/shared/run-diff/shop-run.test-data';
import type { Incident, PodMetric } from './incident';
import { encodeRequests, nanos, resourceOf, type TimedRequest } from './world/encode-requests';
import { makeFacts, makeRequest } from './world/make-request';
import { type Pod, podsOf } from './world/pods';
import { type Call, callsOf } from './world/request';

const MINUTES = 60;
const REQUESTS_A_BATCH = 60;
const AT_ONCE = 4;
const POINT_EVERY_SECONDS = 15;
/** Of every service, told by all. */
const usualMetrics = (service: string): PodMetric[] => [
  { service, name: 'process.cpu.utilization', value: (_minute, _pod, random) => 0.2 + 0.1 * random() },
  { service, name: 'http.server.active_requests', value: (_minute, _pod, random) => Math.floor(6 * random()) },
];

export interface Sent {
  readonly spans: number;
  readonly lines: number;
}

/**
 * Sends an hour of the shop as OTLP JSON: about so many spans, and the metrics and lines beside them. It ends when the last is sent, however long
 * that takes: what is sent at a time is told as that long ago.
 */
export async function sendIncident(incident: Incident, otlpHttp: string, wanted: number, seed: number): Promise<Sent> {
  const random = seeded(seed);
  const begunMs = () => Date.now() - MINUTES * 60_000;
  const pods = new PodsOverTime(incident);
  let [spans, lines] = [0, 0];
  const sending = new Set<Promise<void>>();
  const send = async (signal: string, body: object) => {
    const sent = post(`${otlpHttp}/v1/${signal}`, body).finally(() => sending.delete(sent));
    sending.add(sent);
    if (sending.size >= AT_ONCE) await Promise.race(sending);
  };
  // A request has about eleven spans.
  const requests = Math.ceil(wanted / 10);
  for (let at = 0; at < requests; at += REQUESTS_A_BATCH) {
    const batch: TimedRequest[] = [];
    const beginMs = begunMs();
    for (let index = at; index < Math.min(requests, at + REQUESTS_A_BATCH); index++) {
      const minute = (MINUTES * index) / requests;
      const facts = makeFacts(minute, random);
      const call = makeRequest(facts);
      const podOf = pods.chooserAt(minute, random);
      for (const each of [...callsOf(call)]) incident.alter(each, facts, podOf);
      letFail(call);
      batch.push({ call, startMs: beginMs + minute * 60_000, podOf });
    }
    const { count, traces, logs } = encodeRequests(batch, random);
    spans += count;
    await send('traces', traces);
    if (!logs) continue;
    lines += logs.resourceLogs.reduce((sum, { scopeLogs }) => sum + scopeLogs[0]!.logRecords.length, 0);
    await send('logs', logs);
  }
  for (const body of metricsOf(incident, pods, begunMs(), random)) await send('metrics', body);
  await Promise.all(sending);
  return { spans, lines };
}

/** What fails fails for those that asked, up to the first that can do without. */
function letFail(call: Call): void {
  for (const child of call.below) letFail(child);
  const failed = call.below.findLast(({ service, name }) => service !== '' && name !== 'GET');
  const isFatal =
    failed?.error !== undefined &&
    call.below.filter(({ name }) => name === failed.name).every(({ error }) => error !== undefined);
  if (isFatal) call.error ??= call.kind === 'server' ? 'upstream failed' : '503';
}

class PodsOverTime {
  private readonly usual = new Map<string, readonly Pod[]>();
  private readonly others = new Map<string, Pod>();

  constructor(private readonly incident: Incident) {}

  at(service: string, minute: number): readonly Pod[] {
    const found = this.incident.podsAt?.(service, minute) ?? this.deployed(service, minute);
    return found.map((pod) => {
      // One object for one pod: requests are grouped by it.
      const known = this.others.get(pod.name) ?? pod;
      this.others.set(pod.name, known);
      return known;
    });
  }

  /** Answers the same pod for all of one service in a request. */
  chooserAt(minute: number, random: () => number): (call: Call) => Pod {
    const chosen = new Map<string, Pod>();
    return ({ service }) => {
      const known = chosen.get(service);
      if (known) return known;
      const pods = this.at(service, minute);
      const pod = pods[Math.floor(random() * pods.length)]!;
      chosen.set(service, pod);
      return pod;
    };
  }

  /** Harmless: catalog was deployed a minute before it began. */
  private deployed(service: string, minute: number): readonly Pod[] {
    const key = `${service} ${service === 'catalog' && minute >= 44}`;
    const known = this.usual.get(key) ?? (key === 'catalog true' ? podsOf('catalog', '1.9.2', 'b') : podsOf(service));
    this.usual.set(key, known);
    return known;
  }
}

function* metricsOf(incident: Incident, pods: PodsOverTime, beginMs: number, random: () => number): Generator<object> {
  const own = incident.metrics ?? [];
  const usual = ['gateway', 'checkout', 'cart', 'catalog', 'pricing', 'payments', 'inventory'].flatMap(usualMetrics);
  const totals = new Map<string, number>();
  for (let seconds = 0; seconds < MINUTES * 60; seconds += POINT_EVERY_SECONDS) {
    const minute = seconds / 60;
    const time = { timeUnixNano: nanos(beginMs + 1000 * seconds), startTimeUnixNano: nanos(beginMs - 1000) };
    const ofPods = new Map<Pod, object[]>();
    for (const metric of [...usual, ...own])
      for (const pod of pods.at(metric.service, minute)) {
        const value = metric.value(minute, pod, random);
        const metrics = ofPods.get(pod) ?? [];
        ofPods.set(pod, metrics);
        if (!metric.counter) {
          metrics.push({ name: metric.name, gauge: { dataPoints: [{ ...time, asDouble: value }] } });
          continue;
        }
        const key = `${pod.name} ${metric.name}`;
        const total = (totals.get(key) ?? 0) + value * POINT_EVERY_SECONDS;
        totals.set(key, total);
        const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints: [{ ...time, asDouble: total }] };
        metrics.push({ name: metric.name, sum });
      }
    yield {
      resourceMetrics: [...ofPods].map(([pod, metrics]) => ({
        resource: resourceOf(pod),
        scopeMetrics: [{ metrics }],
      })),
    };
  }
}

async function post(url: string, body: object): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await answer.arrayBuffer();
    if (answer.ok) return;
    if (answer.status !== 429 || attempt > 100) throw new Error(`${url}: ${answer.status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
