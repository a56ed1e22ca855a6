import { probeService } from '../../../shared/runs/probe-names';
import type { AlloyPipeline } from './alloy-pipeline';
import type { AlloyPlace, CloudSource } from './alloy-place';
import { type AlloyBlock, attribute, list, output, quote, quoteForOttl } from './alloy-text';
import { retry, sendingQueue } from './exporter-settings';
import { componentLabel, exporterId } from './name-components';
import { renderRedaction } from './render-redaction';
import { signals } from './signals';

function changesCopies({ redaction, agentContent }: AlloyPipeline): boolean {
  return !agentContent || redaction.some((rule) => rule.enabled);
}

/** Where the fan-out sends what leaves the machine; empty in the mode local-only. */
export function cloudInputs(pipeline: AlloyPipeline): string[] {
  if (pipeline.destinations.length === 0) return [];
  return ['otelcol.processor.filter.probes.input'];
}

/** Our own probes stay on this machine. */
export function probeFilter(pipeline: AlloyPipeline): AlloyBlock[] {
  if (pipeline.destinations.length === 0) return [];
  const condition = list([quote(`resource.attributes["service.name"] == ${quoteForOttl(probeService)}`)]);
  const next = changesCopies(pipeline) ? ['otelcol.processor.transform.redact.input'] : exporterInputs(pipeline);
  return [
    {
      comment: 'By which Watchtower sees whether the local backends have everything: of no use elsewhere.',
      block: 'otelcol.processor.filter',
      label: 'probes',
      body: [
        attribute('error_mode', quote('ignore')),
        { block: 'traces', body: [attribute('span', condition)] },
        { block: 'metrics', body: [attribute('metric', condition)] },
        { block: 'logs', body: [attribute('log_record', condition)] },
        output(signals, () => next),
      ],
    },
  ];
}

export function redactComponent(pipeline: AlloyPipeline): AlloyBlock[] {
  if (pipeline.destinations.length === 0 || !changesCopies(pipeline)) return [];
  return [
    {
      comment: 'Redaction, of what leaves this machine alone; once for all destinations.',
      block: 'otelcol.processor.transform',
      label: 'redact',
      body: [
        attribute('error_mode', quote('ignore')),
        ...renderRedaction(pipeline.redaction, pipeline.agentContent === true),
        output(signals, () => exporterInputs(pipeline)),
      ],
    },
  ];
}

function exporterInputs({ destinations }: AlloyPipeline): string[] {
  return destinations.map(({ id }) => `${exporterId(id)}.input`);
}

export function cloudComponents(destination: AlloyPipeline['destinations'][number], place: AlloyPlace): AlloyBlock[] {
  const label = componentLabel(destination.id);
  const { endpoint, headers, blocks } = place.source(destination);
  const authentication = headers.length > 0 ? [attribute('auth', `otelcol.auth.headers.${label}.handler`)] : [];
  const exporter: AlloyBlock = {
    block: 'otelcol.exporter.otlphttp',
    label,
    body: [
      {
        block: 'client',
        body: [
          attribute('endpoint', endpoint),
          ...authentication,
          attribute('compression', quote('gzip')),
          attribute('timeout', quote('30s')),
        ],
      },
      sendingQueue,
      retry('5s', '30s'),
    ],
  };
  return [...blocks, ...(headers.length > 0 ? [authHeaders(label, headers)] : []), exporter];
}

function authHeaders(label: string, headers: CloudSource['headers']): AlloyBlock {
  return {
    block: 'otelcol.auth.headers',
    label,
    body: headers.map(({ key, value }) => ({
      block: 'header',
      body: [attribute('key', quote(key)), attribute('value', value)],
    })),
  };
}
