import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { createRandom } from './random';
import { recordStep } from './record-step';
import { createServiceTelemetry, type ServiceTelemetry, type Target } from './service-telemetry';
import { SERVICES, type Service } from './step';
import { tellStory } from './tell-story';

export interface GenerateOptions extends Target {
  /** Requests to the imaginary shop a second. */
  rate: number;
  /** Seconds; undefined: until the signal. */
  duration: number | undefined;
  seed: number;
  signal: AbortSignal;
  onProgress?: (sent: Generated) => void;
}

export interface Generated {
  traces: number;
  spans: number;
  logs: number;
}

/** The generator reports its own progress as a fourth service. */
const GENERATOR = 'watchtower-generator';
const REPORT_SECONDS = 5;

/** Tells the story of three services until the duration is over or the signal comes, then flushes. */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const services = Object.fromEntries(
    SERVICES.map((service) => [service, createServiceTelemetry(service, options, randomUUID())]),
  ) as Record<Service, ServiceTelemetry>;
  const own = createServiceTelemetry(GENERATOR, options, randomUUID());
  const random = createRandom(options.seed);
  const sent: Generated = { traces: 0, spans: 0, logs: 0 };
  let reportedAt = -REPORT_SECONDS;
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  const isOver = (): boolean =>
    options.signal.aborted || (options.duration !== undefined && elapsed() >= options.duration);
  // So many as the rate and the duration make, however late a turn comes on a machine that is busy.
  const most = options.duration === undefined ? Number.POSITIVE_INFINITY : Math.ceil(options.duration * options.rate);
  const tellDue = (): void => {
    const due = Math.min(most, Math.floor(elapsed() * options.rate) + 1);
    while (sent.traces < due) {
      const story = tellStory(random);
      // The story has just ended: its spans lie in the past, none in the future.
      const recorded = recordStep(story, services, Date.now() - story.duration);
      sent.traces += 1;
      sent.spans += recorded.spans;
      sent.logs += recorded.logs;
    }
  };
  while (!isOver()) {
    tellDue();
    if (elapsed() - reportedAt >= REPORT_SECONDS) {
      reportedAt = elapsed();
      own.logger.emit({
        severityNumber: SeverityNumber.INFO,
        severityText: 'INFO',
        body: `sent ${sent.traces} requests with ${sent.spans} spans so far`,
      });
      sent.logs += 1;
    }
    options.onProgress?.(sent);
    const pause = Math.max(5, Math.min(1000 / options.rate, 250));
    await delay(pause, undefined, { signal: options.signal }).catch(() => undefined);
  }
  if (!options.signal.aborted) tellDue();
  await Promise.all([...Object.values(services), own].map((service) => service.close()));
  return sent;
}
