import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const modules = [
  'go.opentelemetry.io/otel',
  'go.opentelemetry.io/otel/sdk',
  'go.opentelemetry.io/otel/sdk/metric',
  'go.opentelemetry.io/otel/sdk/log',
  'go.opentelemetry.io/contrib/exporters/autoexport',
  'go.opentelemetry.io/contrib/bridges/otelslog',
];

const telemetry = `package main

import (
	"context"
	"errors"
	"log/slog"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/log/global"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/log"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"
)

// startTelemetry sends traces, metrics and what slog writes to where the environment says.
// Call the function it returns before the program ends: it sends what still waits.
func startTelemetry(ctx context.Context) (func(context.Context) error, error) {
	spans, err := autoexport.NewSpanExporter(ctx)
	if err != nil {
		return nil, err
	}
	metrics, err := autoexport.NewMetricReader(ctx)
	if err != nil {
		return nil, err
	}
	logs, err := autoexport.NewLogExporter(ctx)
	if err != nil {
		return nil, err
	}
	tracing := trace.NewTracerProvider(trace.WithBatcher(spans))
	metering := metric.NewMeterProvider(metric.WithReader(metrics))
	logging := log.NewLoggerProvider(log.WithProcessor(log.NewBatchProcessor(logs)))
	otel.SetTracerProvider(tracing)
	otel.SetMeterProvider(metering)
	global.SetLoggerProvider(logging)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	slog.SetDefault(otelslog.NewLogger("app"))
	return func(ctx context.Context) error {
		return errors.Join(tracing.Shutdown(ctx), metering.Shutdown(ctx), logging.Shutdown(ctx))
	}, nil
}
`;

const app = `package main

import (
	"context"
	"log"
	"log/slog"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
)

func main() {
	ctx := context.Background()
	stop, err := startTelemetry(ctx)
	if err != nil {
		log.Fatal(err)
	}
	checkout(ctx)
	if err := stop(ctx); err != nil {
		log.Fatal(err)
	}
}

func checkout(ctx context.Context) {
	ctx, span := otel.Tracer("demo").Start(ctx, "checkout")
	defer span.End()
	span.SetAttributes(attribute.Int("order.items", 3))
	orders, err := otel.Meter("demo").Int64Counter("orders")
	if err != nil {
		log.Fatal(err)
	}
	orders.Add(ctx, 1)
	// With the context, so that the line belongs to the span.
	slog.InfoContext(ctx, "card charged", "order.items", 3)
}
`;

export const go: SnippetLanguage = {
  id: 'go',
  title: 'Go',
  aliases: ['golang'],
  render: (target) => ({
    steps: [
      { title: 'Get the SDK, in the folder of your go.mod', syntax: 'bash', code: `go get ${modules.join(' \\\n  ')}` },
      { title: 'Add this file to package main', syntax: 'go', code: telemetry, filename: 'telemetry.go' },
      { title: 'Start it first in main, and stop it last', syntax: 'go', code: app, filename: 'main.go' },
      { title: 'Run', syntax: 'bash', code: runWithVariables(target, 'go mod tidy\ngo run .') },
    ],
    notes: [
      'Traces, metrics and what slog writes. The exporters read endpoint and protocol from the environment.',
      'Instrument net/http with go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp, gRPC with …/google.golang.org/grpc/otelgrpc.',
      'zap, logrus and zerolog have bridges of their own: go.opentelemetry.io/contrib/bridges/otelzap and its like.',
    ],
  }),
};
