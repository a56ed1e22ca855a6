import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const app = `const { metrics, trace } = require('@opentelemetry/api');
const http = require('node:http');
const log = require('pino')();

const tracer = trace.getTracer('demo');
const orders = metrics.getMeter('demo').createCounter('orders');

const server = http.createServer((request, response) => {
  tracer.startActiveSpan('checkout', (span) => {
    span.setAttribute('order.items', 3);
    orders.add(1);
    log.info({ items: 3 }, 'card charged');
    span.end();
    response.end('ok\\n');
  });
});

server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, agent: false }, (response) => {
    response.resume();
    response.on('end', () => server.close());
  });
});
`;

export const nodejs: SnippetLanguage = {
  id: 'nodejs',
  title: 'Node.js',
  aliases: ['node', 'js', 'javascript', 'ts', 'typescript', 'express', 'fastify', 'nest', 'nestjs', 'koa'],
  render: (target) => ({
    steps: [
      {
        title: 'Install the API and the automatic instrumentation',
        syntax: 'bash',
        code: [
          'npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node',
          '# The app below logs with it.',
          'npm install pino',
        ].join('\n'),
      },
      {
        title: 'An app to try it with; yours needs no change',
        syntax: 'javascript',
        code: app,
        filename: 'app.js',
      },
      {
        title: 'Run',
        syntax: 'bash',
        code: runWithVariables(target, 'node --require @opentelemetry/auto-instrumentations-node/register app.js', {
          OTEL_METRICS_EXPORTER: 'otlp',
          OTEL_LOGS_EXPORTER: 'otlp',
          // The others ask cloud metadata services, which costs seconds where there is none.
          OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os,process,serviceinstance',
        }),
      },
    ],
    notes: [
      'Traces and metrics; logs of pino and bunyan. Express, http, pg, redis and many more are instrumented by themselves.',
      'winston: npm install @opentelemetry/winston-transport, and its lines are sent as well.',
      "Fastify: npm install @fastify/otel, and before the app is made: new (require('@fastify/otel').FastifyOtelInstrumentation)({ registerOnInitialization: true }).",
      'ES modules: add --experimental-loader=@opentelemetry/instrumentation/hook.mjs to the node options.',
      'The app.js above is CommonJS: where package.json says "type": "module", name it app.cjs.',
    ],
  }),
};
