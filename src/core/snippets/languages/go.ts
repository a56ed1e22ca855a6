import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const app = `package main

import (
	"context"
	"log"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/trace"
)

func main() {
	ctx := context.Background()
	exporter, err := autoexport.NewSpanExporter(ctx)
	if err != nil {
		log.Fatal(err)
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter))
	defer func() {
		if err := provider.Shutdown(ctx); err != nil {
			log.Print(err)
		}
	}()
	otel.SetTracerProvider(provider)

	_, span := otel.Tracer("demo").Start(ctx, "checkout")
	span.SetAttributes(attribute.Int("order.items", 3))
	span.End()
}
`;

export const go: SnippetLanguage = {
  id: 'go',
  title: 'Go',
  render: (target) => ({
    steps: [
      {
        title: 'Get the SDK',
        syntax: 'bash',
        code: 'go get go.opentelemetry.io/otel go.opentelemetry.io/otel/sdk go.opentelemetry.io/contrib/exporters/autoexport',
      },
      { title: 'Set up tracing at the start of main', syntax: 'go', code: app, filename: 'main.go' },
      { title: 'Run', syntax: 'bash', code: runWithVariables(target, 'go mod tidy\ngo run .') },
    ],
    notes: [
      'The exporter reads endpoint and protocol from the environment. Metrics and logs: autoexport.NewMetricReader and autoexport.NewLogExporter.',
      'Instrument net/http with go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.',
    ],
  }),
};
