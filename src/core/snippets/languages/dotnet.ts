import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const app = `using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddOpenTelemetry()
    .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
    .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
    .WithLogging()
    .UseOtlpExporter();

var app = builder.Build();
app.MapGet("/", () => "ok");
app.Run();
`;

export const dotnet: SnippetLanguage = {
  id: 'dotnet',
  title: '.NET',
  aliases: ['netcore', 'c#', 'cs', 'csharp', 'f#', 'fsharp', 'vb', 'asp', 'aspnet', 'aspnetcore'],
  render: (target) => ({
    steps: [
      {
        title: 'Add the packages to an ASP.NET Core app',
        syntax: 'bash',
        code: [
          'dotnet add package OpenTelemetry.Extensions.Hosting',
          'dotnet add package OpenTelemetry.Exporter.OpenTelemetryProtocol',
          'dotnet add package OpenTelemetry.Instrumentation.AspNetCore',
          'dotnet add package OpenTelemetry.Instrumentation.Http',
        ].join('\n'),
      },
      { title: 'Add OpenTelemetry in Program.cs', syntax: 'csharp', code: app, filename: 'Program.cs' },
      { title: 'Run', syntax: 'bash', code: runWithVariables(target, 'dotnet run') },
    ],
    notes: ['Traces, metrics and logs. UseOtlpExporter reads endpoint and protocol from the environment.'],
  }),
};
