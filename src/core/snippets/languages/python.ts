import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const app = `import logging

from opentelemetry import metrics, trace

logging.basicConfig(level=logging.INFO)
tracer = trace.get_tracer("demo")
orders = metrics.get_meter("demo").create_counter("orders")

with tracer.start_as_current_span("checkout") as span:
    span.set_attribute("order.items", 3)
    with tracer.start_as_current_span("charge card"):
        logging.getLogger("demo").info("card charged")
    orders.add(1)
`;

export const python: SnippetLanguage = {
  id: 'python',
  title: 'Python',
  aliases: ['py', 'python3', 'django', 'flask', 'fastapi'],
  render: (target) => ({
    steps: [
      {
        title: 'Install the SDK and what instruments your libraries',
        syntax: 'bash',
        code: 'pip install opentelemetry-distro opentelemetry-exporter-otlp\nopentelemetry-bootstrap -a install',
      },
      { title: 'An app to try it with; yours needs no change', syntax: 'python', code: app, filename: 'app.py' },
      {
        title: 'Run',
        syntax: 'bash',
        code: runWithVariables(target, 'opentelemetry-instrument python app.py'),
      },
    ],
    notes: [
      'Traces, metrics and logs. Django, FastAPI, Flask, requests, SQLAlchemy and many more are instrumented by themselves.',
      'With Django set DJANGO_SETTINGS_MODULE and run `manage.py runserver --noreload`.',
    ],
  }),
};
