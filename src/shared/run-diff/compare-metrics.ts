import { quoted } from '../findings/place-of';
import type { RunChange } from '../runs/run-diff';
import type { MetricFact, RunTelemetry } from '../runs/run-summary';
import { commonRequests } from './common-requests';

/** What a machine is busy with, what time it took, and how large it is: another one in every run. */
const restless =
  /(?:^|[._])(?:process|runtime|nodejs|jvm|cpython|python|go|dotnet|system|v8js|gc|cpu|memory|heap|eventloop|thread|duration|latency|time|uptime|seconds|milliseconds|bytes|size|io)(?:[._]|$)/i;
/** More of it is worse. */
const bad =
  /error|fail|timeout|timed_out|retry|retries|drop|reject|refus|leak|pending|waiting|backlog|queue|connections?|dead/i;
const leastRatio = 1.5;
const leastDifference = 4;

/** Counters and gauges that came to something else: half as much again, and four more, a request where they count them. */
export function compareMetrics(before: RunTelemetry, after: RunTelemetry): RunChange[] {
  const requests = commonRequests(before, after);
  const scale = requests.before / requests.after;
  const known = new Map(before.metrics.map((metric) => [keyOf(metric), metric]));
  return after.metrics.flatMap((metric): RunChange[] => {
    const other = known.get(keyOf(metric));
    if (!other || metric.type === 'histogram' || restless.test(metric.name)) return [];
    const value = metric.type === 'counter' ? metric.value * scale : metric.value;
    const [most, least] = [Math.max(value, other.value), Math.min(value, other.value)];
    if (most - least < leastDifference || most < leastRatio * Math.max(least, 0)) return [];
    const { service, name } = metric;
    return [
      {
        kind: 'metric',
        worse: value > other.value && bad.test(name),
        sentence: `${quoted(service)} ${quoted(name)}: ${round(other.value)} → ${round(metric.value)}`,
        ...{ service, request: '', subject: name, before: other.value, after: metric.value, examples: {} },
      },
    ];
  });
}

function keyOf({ service, name, type }: MetricFact): string {
  return [service, name, type].join('\u0000');
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)));
}
