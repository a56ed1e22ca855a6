import { runWithVariables } from '../run-with-variables';
import type { SnippetLanguage } from '../snippet-target';

const app = `import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.logging.Logger;

public class App {
    private static final Logger log = Logger.getLogger("demo");

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/checkout", exchange -> {
            log.info("card charged");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        URI checkout = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/checkout");
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(checkout).build(), HttpResponse.BodyHandlers.discarding());
        server.stop(0);
    }
}
`;

export const java: SnippetLanguage = {
  id: 'java',
  title: 'Java',
  aliases: ['jvm', 'kotlin', 'scala', 'groovy', 'clojure', 'spring', 'springboot', 'quarkus'],
  render: (target) => ({
    steps: [
      {
        title: 'Download the agent',
        syntax: 'bash',
        code: 'curl -fLO https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/latest/download/opentelemetry-javaagent.jar',
      },
      { title: 'An app to try it with; yours needs no change', syntax: 'java', code: app, filename: 'App.java' },
      {
        title: 'Run it with the agent (yours: -jar app.jar instead of App)',
        syntax: 'bash',
        code: runWithVariables(target, 'javac App.java\njava -javaagent:opentelemetry-javaagent.jar App'),
      },
    ],
    notes: [
      'Traces, metrics and logs without a change to the app; Java 8 or newer (the one to try needs 11). Spring, Servlet, JDBC, Kafka, Logback, Log4j and many more.',
      'The jar is also on Maven Central as io.opentelemetry.javaagent:opentelemetry-javaagent.',
      'The agent leaves tools of the JDK alone, and so java App.java as well: compile first.',
      'Where the command line cannot be changed, set JAVA_TOOL_OPTIONS=-javaagent:/path/to/opentelemetry-javaagent.jar.',
    ],
  }),
};
