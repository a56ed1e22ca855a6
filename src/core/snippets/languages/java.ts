import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

export const java: SnippetLanguage = {
  id: 'java',
  title: 'Java',
  render: (target) => ({
    steps: [
      {
        title: 'Download the agent',
        syntax: 'bash',
        code: 'curl -fLO https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/latest/download/opentelemetry-javaagent.jar',
      },
      {
        title: 'Run your app with it',
        syntax: 'bash',
        code: runWithVariables(target, 'java -javaagent:opentelemetry-javaagent.jar -jar app.jar'),
      },
    ],
    notes: [
      'Traces, metrics and logs without a change to the app; Java 8 or newer. Spring, Servlet, JDBC, Kafka, Logback, Log4j and many more.',
      'The jar is also on Maven Central as io.opentelemetry.javaagent:opentelemetry-javaagent.',
      'Where the command line cannot be changed, set JAVA_TOOL_OPTIONS=-javaagent:/path/to/opentelemetry-javaagent.jar.',
    ],
  }),
};
