import type { ServerResponse } from 'node:http';

interface Answer {
  data?: { result?: { metric: Record<string, string>; value: [at: number, value: string] }[] };
}

/** The newest sample of every series that came over OTLP, in Prometheus' text format. */
export async function exposeLatest(port: number, response: ServerResponse): Promise<void> {
  try {
    const query = encodeURIComponent('{__name__=~".+",job!="watchtower"}');
    const answer = (await (await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${query}`)).json()) as Answer;
    const lines = (answer.data?.result ?? []).map(({ metric: { __name__: name, ...labels }, value: [, value] }) => {
      const pairs = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
      return `${name}{${pairs.join(',')}} ${value}\n`;
    });
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(lines.join(''));
  } catch {
    response.writeHead(503).end();
  }
}
