import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const app = `<?php
require __DIR__ . '/vendor/autoload.php';

$tracer = OpenTelemetry\\API\\Globals::tracerProvider()->getTracer('demo');
$span = $tracer->spanBuilder('checkout')->startSpan();
$span->setAttribute('order.items', 3);
$span->end();
`;

export const php: SnippetLanguage = {
  id: 'php',
  title: 'PHP',
  aliases: ['laravel', 'symfony'],
  render: (target) => {
    const grpc = target.protocol === 'grpc';
    return {
      steps: [
        {
          title: 'Install the extensions and the packages',
          syntax: 'bash',
          code: [
            `pecl install opentelemetry${grpc ? ' grpc' : ''}`,
            `composer require open-telemetry/sdk open-telemetry/exporter-otlp${grpc ? ' open-telemetry/transport-grpc' : ' guzzlehttp/guzzle'}`,
          ].join('\n'),
        },
        { title: 'An app to try it with', syntax: 'php', code: app, filename: 'app.php' },
        {
          title: 'Run',
          syntax: 'bash',
          code: runWithVariables(target, 'php app.php', { OTEL_PHP_AUTOLOAD_ENABLED: 'true' }),
        },
      ],
      notes: [
        `Enable in php.ini: extension=opentelemetry${grpc ? ' and extension=grpc' : ''}.`,
        'Laravel, Symfony, Slim, PDO and others: composer require open-telemetry/opentelemetry-auto-laravel and its like.',
      ],
    };
  },
};
