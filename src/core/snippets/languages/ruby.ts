import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const app = `require "opentelemetry/sdk"
require "opentelemetry/exporter/otlp"
require "opentelemetry/instrumentation/all"

OpenTelemetry::SDK.configure { |config| config.use_all }
at_exit { OpenTelemetry.tracer_provider.shutdown }

tracer = OpenTelemetry.tracer_provider.tracer("demo")
tracer.in_span("checkout") do |span|
  span.set_attribute("order.items", 3)
end
`;

export const ruby: SnippetLanguage = {
  id: 'ruby',
  title: 'Ruby',
  aliases: ['rb', 'rails', 'rubyonrails', 'sinatra'],
  render: (target) => ({
    steps: [
      {
        title: 'Install the gems',
        syntax: 'bash',
        code: 'gem install opentelemetry-sdk opentelemetry-exporter-otlp opentelemetry-instrumentation-all',
      },
      {
        title: 'Configure the SDK; in Rails in config/initializers/opentelemetry.rb',
        syntax: 'ruby',
        code: app,
        filename: 'app.rb',
      },
      { title: 'Run', syntax: 'bash', code: runWithVariables({ ...target, protocol: 'http' }, 'ruby app.rb') },
    ],
    notes: [
      "Traces. Ruby's OTLP exporter speaks HTTP only, so this uses the HTTP endpoint whatever protocol is chosen.",
      'Rails, Sinatra, Rack, Faraday, pg, redis, Sidekiq and many more are instrumented by use_all.',
    ],
  }),
};
