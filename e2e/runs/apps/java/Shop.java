import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.logging.Logger;

/** A shop of the JDK alone: its HTTP server, which asks a second one of its own for the customer. One order is broken. */
public class Shop {
  private static final Logger log = Logger.getLogger("shop");
  private static final HttpClient client = HttpClient.newHttpClient();
  private static final Map<String, String> customers = Map.of("1", "Ada", "2", "Bob", "3", "Cleo");

  public static void main(String[] arguments) throws Exception {
    HttpServer customerServer = listen();
    customerServer.createContext("/customers/", exchange -> answer(exchange, 200, customers.get(last(exchange))));
    HttpServer shop = listen();
    shop.createContext("/orders/", exchange -> showOrder(exchange, customerServer.getAddress().getPort()));
    for (String id : new String[] {"1", "2", "3", "0"}) get(shop.getAddress().getPort(), "/orders/" + id);
    shop.stop(0);
    customerServer.stop(0);
  }

  private static void showOrder(HttpExchange exchange, int customerPort) throws IOException {
    String id = last(exchange);
    try {
      if (!customers.containsKey(id)) throw new IllegalStateException("the order has no customer");
      String customer = get(customerPort, "/customers/" + id);
      log.info("order " + id + " shown");
      answer(exchange, 200, customer);
    } catch (Exception error) {
      log.severe("the order cannot be shown: " + error.getMessage());
      answer(exchange, 500, error.getMessage());
    }
  }

  private static HttpServer listen() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static String get(int port, String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  private static String last(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes();
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
