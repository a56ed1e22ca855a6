import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const overGrpc = {
  packages: [
    'cargo add opentelemetry opentelemetry_sdk',
    'cargo add opentelemetry-otlp --features grpc-tonic',
    'cargo add tokio --features macros,rt-multi-thread',
  ],
  entry: '#[tokio::main]\nasync fn main()',
  transport: 'with_tonic()',
};

const overHttp = {
  packages: ['cargo add opentelemetry opentelemetry_sdk', 'cargo add opentelemetry-otlp'],
  entry: 'fn main()',
  transport: 'with_http()',
};

const app = ({ entry, transport }: typeof overGrpc) => `use opentelemetry::trace::{Span, Tracer};
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::trace::SdkTracerProvider;

${entry} -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let exporter = SpanExporter::builder().${transport}.build()?;
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();
    global::set_tracer_provider(provider.clone());

    let mut span = global::tracer("demo").start("checkout");
    span.set_attribute(KeyValue::new("order.items", 3));
    span.end();

    provider.shutdown()?;
    Ok(())
}
`;

export const rust: SnippetLanguage = {
  id: 'rust',
  title: 'Rust',
  render: (target) => {
    const form = target.protocol === 'grpc' ? overGrpc : overHttp;
    return {
      steps: [
        { title: 'Add the crates', syntax: 'bash', code: form.packages.join('\n') },
        { title: 'Set up tracing at the start of main', syntax: 'rust', code: app(form), filename: 'src/main.rs' },
        { title: 'Run', syntax: 'bash', code: runWithVariables(target, 'cargo run') },
      ],
      notes: [
        'The exporter reads the endpoint from the environment.',
        'Apps that use the tracing crate: add tracing-opentelemetry and register its layer.',
      ],
    };
  },
};
