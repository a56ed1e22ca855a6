import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

interface Transport {
  packages: string[];
  entry: string;
  builder: string;
}

const common = [
  'cargo add opentelemetry opentelemetry_sdk opentelemetry-appender-tracing',
  'cargo add tracing tracing-subscriber',
];

const overGrpc: Transport = {
  packages: [
    ...common,
    'cargo add opentelemetry-otlp --features grpc-tonic',
    'cargo add tokio --features macros,rt-multi-thread',
  ],
  entry: '#[tokio::main]\nasync fn main()',
  builder: 'with_tonic()',
};

const overHttp: Transport = {
  packages: [...common, 'cargo add opentelemetry-otlp'],
  entry: 'fn main()',
  builder: 'with_http()',
};

const telemetry = ({ builder }: Transport) => `use opentelemetry::global;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_otlp::{LogExporter, MetricExporter, SpanExporter};
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::error::Error;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

/// Sends traces, metrics and what \`tracing\` logs to where the environment says.
pub struct Telemetry {
    spans: SdkTracerProvider,
    metrics: SdkMeterProvider,
    logs: SdkLoggerProvider,
}

impl Telemetry {
    pub fn start() -> Result<Self, Box<dyn Error + Send + Sync>> {
        let spans = SdkTracerProvider::builder()
            .with_batch_exporter(SpanExporter::builder().${builder}.build()?)
            .build();
        let metrics = SdkMeterProvider::builder()
            .with_periodic_exporter(MetricExporter::builder().${builder}.build()?)
            .build();
        let logs = SdkLoggerProvider::builder()
            .with_batch_exporter(LogExporter::builder().${builder}.build()?)
            .build();
        global::set_tracer_provider(spans.clone());
        global::set_meter_provider(metrics.clone());
        // What the exporters' own libraries log while they send would be sent again, without an end.
        let mut levels = Targets::new().with_default(LevelFilter::INFO);
        for library in ["hyper", "hyper_util", "h2", "tonic", "tower", "reqwest", "opentelemetry"] {
            levels = levels.with_target(library, LevelFilter::OFF);
        }
        tracing_subscriber::registry()
            .with(OpenTelemetryTracingBridge::new(&logs).with_filter(levels))
            .init();
        Ok(Self { spans, metrics, logs })
    }

    /// Sends what still waits.
    pub fn stop(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.spans.shutdown()?;
        self.metrics.shutdown()?;
        self.logs.shutdown()?;
        Ok(())
    }
}
`;

const app = ({ entry }: Transport) => `mod telemetry;

use opentelemetry::trace::{TraceContextExt, Tracer};
use opentelemetry::{KeyValue, global};
use std::error::Error;
use tracing::info;

${entry} -> Result<(), Box<dyn Error + Send + Sync>> {
    let telemetry = telemetry::Telemetry::start()?;
    checkout();
    telemetry.stop()
}

fn checkout() {
    let orders = global::meter("demo").u64_counter("orders").build();
    global::tracer("demo").in_span("checkout", |context| {
        context.span().set_attribute(KeyValue::new("order.items", 3));
        orders.add(1, &[]);
        info!(items = 3, "card charged");
    });
}
`;

export const rust: SnippetLanguage = {
  id: 'rust',
  title: 'Rust',
  aliases: ['rs', 'cargo'],
  render: (target) => {
    const transport = target.protocol === 'grpc' ? overGrpc : overHttp;
    return {
      steps: [
        { title: 'Add the crates', syntax: 'bash', code: transport.packages.join('\n') },
        { title: 'Add this module', syntax: 'rust', code: telemetry(transport), filename: 'src/telemetry.rs' },
        {
          title: 'Start it first in main, and stop it last',
          syntax: 'rust',
          code: app(transport),
          filename: 'src/main.rs',
        },
        { title: 'Run', syntax: 'bash', code: runWithVariables(target, 'cargo run') },
      ],
      notes: [
        'Traces, metrics and what the tracing crate logs. The exporters read the endpoint from the environment.',
        'Spans of the tracing crate: add tracing-opentelemetry in a version that fits, and register its layer, too.',
      ],
    };
  },
};
