import type { AlloyPipeline } from './alloy-pipeline';
import type { AlloyPlace } from './alloy-place';
import { type AlloyBlock, attribute, list, output, quote, renderBlock } from './alloy-text';
import { browserOrigins } from './browser-origins';
import { cloudComponents, cloudInputs, probeFilter, redactComponent } from './cloud-components';
import { composePlace } from './compose-place';
import { localExporters } from './local-exporters';
import { guardInput } from './name-components';
import { faroInput, scrapeInput } from './optional-inputs';
import { type Signal, signals } from './signals';

/**
 * Alloy's configuration. Everything up to `batch.fan` is byte-identical with and without destinations: only the outputs
 * of the fan and what stands behind it differ, because rewiring a receiver on reload can leave it deaf (alloy#6622).
 */
export function renderConfig(pipeline: AlloyPipeline, place: AlloyPlace = composePlace): string {
  const exporters = localExporters(place.backends);
  const fan = (signal: Signal) => [exporters[signal].input, ...cloudInputs(pipeline)];
  const blocks = [
    logging,
    receiver,
    ...(pipeline.faro ? faroInput : []),
    ...(pipeline.scrapeTargets.length > 0 ? scrapeInput(pipeline.scrapeTargets) : []),
    guard,
    batch(fan),
    ...signals.map((signal) => exporters[signal].block),
    ...probeFilter(pipeline),
    ...redactComponent(pipeline),
    ...pipeline.destinations.flatMap((destination) => cloudComponents(destination, place)),
  ];
  return `${blocks.map(renderBlock).join('\n\n')}\n`;
}

const logging: AlloyBlock = {
  block: 'logging',
  body: [attribute('level', quote('info')), attribute('format', quote('logfmt'))],
};

const cors: AlloyBlock = {
  block: 'cors',
  body: [
    attribute('allowed_origins', list(browserOrigins.map(quote))),
    attribute('allowed_headers', list([quote('*')])),
  ],
};

const receiver: AlloyBlock = {
  comment:
    'What applications send. Down to the fan-out all modes are alike: a receiver that a reload rewires can go deaf.',
  block: 'otelcol.receiver.otlp',
  label: 'in',
  body: [
    {
      block: 'grpc',
      body: [attribute('endpoint', quote('0.0.0.0:4317')), attribute('max_recv_msg_size', quote('16MiB'))],
    },
    {
      block: 'http',
      body: [attribute('endpoint', quote('0.0.0.0:4318')), attribute('max_request_body_size', quote('64MiB')), cors],
    },
    output(signals, () => [guardInput]),
  ],
};

const guard: AlloyBlock = {
  comment: "Below the container's limit. It refuses with UNAVAILABLE or 503, so that SDKs try again.",
  block: 'otelcol.processor.memory_limiter',
  label: 'guard',
  body: [
    attribute('check_interval', quote('1s')),
    attribute('limit', quote('400MiB')),
    attribute('spike_limit', quote('100MiB')),
    output(signals, () => ['otelcol.processor.batch.fan.input']),
  ],
};

function batch(fan: (signal: Signal) => string[]): AlloyBlock {
  return {
    comment: 'Before the fan-out, so that the full queue of one exporter never answers an SDK with an error.',
    block: 'otelcol.processor.batch',
    label: 'fan',
    body: [
      attribute('timeout', quote('200ms')),
      attribute('send_batch_size', '1000'),
      attribute('send_batch_max_size', '2000'),
      output(signals, fan),
    ],
  };
}
