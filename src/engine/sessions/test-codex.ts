import { TestAgent } from './test-agent';
import { Ledger } from './test-ledger';

/** Telemetry as Codex sends it: everything in records. */
export class Codex extends TestAgent {
  readonly ledger = new Ledger();

  constructor(
    readonly session: string,
    port: number,
  ) {
    super({
      port,
      service: 'codex_cli_rs',
      scopes: { logs: 'codex', metrics: 'codex', traces: 'codex' },
    });
  }

  tell(atMs: number, name: string, attributes: Record<string, string | number | boolean>) {
    const common = { 'conversation.id': this.session, 'app.version': '0.140.0', model: 'gpt-5-codex' };
    this.event(atMs, '', { 'event.name': `codex.${name}`, ...common, ...attributes });
  }

  /** `cached` of the input, `reasoning` of the output, as OpenAI counts them. */
  call(atMs: number, input: number, cached: number, output: number, reasoning: number) {
    this.ledger.add({ input: input - cached, cacheRead: cached, output });
    // A stream has many of them, and only the last tells what was used.
    for (let delta = 0; delta < 5; delta++)
      this.tell(atMs - 50, 'sse_event', { 'event.kind': 'response.output_text.delta' });
    this.tell(atMs, 'sse_event', {
      ...{ 'event.kind': 'response.completed', input_token_count: String(input), output_token_count: String(output) },
      ...{ cached_token_count: cached, reasoning_token_count: reasoning, tool_token_count: '0' },
    });
  }
}
