import type { SnippetLanguage } from '../snippet-target';

const app = (serviceName: string, url: string) => `import { ZoneContextManager } from '@opentelemetry/context-zone';
import { getWebAutoInstrumentations } from '@opentelemetry/auto-instrumentations-web';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';

const provider = new WebTracerProvider({
  resource: resourceFromAttributes({ 'service.name': ${JSON.stringify(serviceName)} }),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: ${JSON.stringify(url)} }))],
});
provider.register({ contextManager: new ZoneContextManager() });
registerInstrumentations({ instrumentations: [getWebAutoInstrumentations()] });
`;

export const browser: SnippetLanguage = {
  id: 'browser',
  title: 'Browser',
  aliases: ['web', 'webbrowser', 'frontend', 'react', 'vue', 'svelte', 'angular'],
  only: 'http',
  render: ({ serviceName, otlpHttp }) => ({
    steps: [
      {
        title: 'Install the web SDK',
        syntax: 'bash',
        // The web SDK is in line 2 of the packages; their newest releases follow line 3, which it does not work with.
        code: [
          'npm install @opentelemetry/sdk-trace-web@2 @opentelemetry/context-zone@2 @opentelemetry/resources@2',
          'npm install @opentelemetry/exporter-trace-otlp-http@0.223 @opentelemetry/instrumentation@0.223 @opentelemetry/auto-instrumentations-web@0.68',
        ].join('\n'),
      },
      {
        title: 'Import this before everything else',
        syntax: 'javascript',
        code: app(serviceName, `${otlpHttp}/v1/traces`),
        filename: 'tracing.js',
      },
    ],
    notes: [
      'Browsers send OTLP over HTTP only. Pages of http://localhost and http://127.0.0.1, any port, may send here.',
      'Page loads, fetch, XMLHttpRequest and clicks are traced; the traces go on into your servers through the traceparent header.',
    ],
  }),
};
