import type { AlloyPipeline } from './alloy-pipeline';
import { type AlloyBlock, attribute, list, output, quote } from './alloy-text';
import { browserOrigins } from './browser-origins';
import { guardInput } from './name-components';

export const faroInput: AlloyBlock[] = [
  {
    comment: 'Telemetry of browsers by the Faro Web SDK.',
    block: 'faro.receiver',
    label: 'browser',
    body: [
      attribute('extra_log_labels', '{app_name = "", kind = ""}'),
      {
        block: 'server',
        body: [
          attribute('listen_address', quote('0.0.0.0')),
          attribute('listen_port', '12347'),
          attribute('cors_allowed_origins', list(browserOrigins.map(quote))),
        ],
      },
      {
        block: 'output',
        body: [attribute('logs', '[otelcol.receiver.loki.browser.receiver]'), attribute('traces', `[${guardInput}]`)],
      },
    ],
  },
  {
    block: 'otelcol.receiver.loki',
    label: 'browser',
    body: [output(['logs'], () => ['otelcol.processor.transform.browser.input'])],
  },
  {
    comment: 'Faro names the application in each line; OpenTelemetry and Loki look for it in the resource.',
    block: 'otelcol.processor.transform',
    label: 'browser',
    body: [
      {
        block: 'log_statements',
        body: [
          attribute('context', quote('log')),
          attribute(
            'statements',
            list(
              [
                'set(resource.attributes["service.name"], attributes["app_name"])',
                'delete_key(attributes, "loki.attribute.labels")',
              ].map(quote),
            ),
          ),
        ],
      },
      output(['logs'], () => [guardInput]),
    ],
  },
];

export function scrapeInput(targets: AlloyPipeline['scrapeTargets']): AlloyBlock[] {
  return [
    {
      comment: 'Targets of the settings, made OpenTelemetry metrics that take the same way as all others.',
      block: 'prometheus.scrape',
      label: 'extra',
      body: [
        attribute(
          'targets',
          list(
            targets.map(
              ({ job, address, path }) =>
                `{__address__ = ${quote(address)}, __metrics_path__ = ${quote(path)}, job = ${quote(job)}}`,
            ),
          ),
        ),
        attribute('scrape_interval', quote('15s')),
        attribute('scrape_timeout', quote('10s')),
        attribute('forward_to', '[otelcol.receiver.prometheus.extra.receiver]'),
      ],
    },
    {
      block: 'otelcol.receiver.prometheus',
      label: 'extra',
      body: [output(['metrics'], () => [guardInput])],
    },
  ];
}
