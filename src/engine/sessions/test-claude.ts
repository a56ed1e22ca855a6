import { TestAgent } from './test-agent';
import { Ledger } from './test-ledger';

/** Telemetry as Claude Code sends it. */
export class Claude extends TestAgent {
  readonly ledger = new Ledger();
  private sequence = 0;

  constructor(
    readonly session: string,
    port: number,
  ) {
    const scopes = {
      logs: 'com.anthropic.claude_code.events',
      metrics: 'com.anthropic.claude_code',
      traces: 'com.anthropic.claude_code.tracing',
    };
    super({ port, service: 'claude-code', scopes });
  }

  tell(atMs: number, name: string, attributes: Record<string, string | number | boolean>) {
    const common = {
      'session.id': this.session,
      'event.name': name,
      'event.sequence': this.sequence++,
      'user.id': 'u',
    };
    this.event(atMs, `claude_code.${name}`, {
      ...common,
      'event.timestamp': new Date(atMs).toISOString(),
      ...attributes,
    });
  }

  /** A call of a model as event, counters and span. */
  call(
    atMs: number,
    tokens: [number, number, number, number],
    usd: number,
    by = { event: true, metric: true, span: true },
  ) {
    const [input, output, cacheRead, cacheCreation] = tokens;
    const model = 'claude-sonnet-4-5';
    const told = {
      ...{ model, input_tokens: input, output_tokens: output, cache_read_tokens: cacheRead },
      ...{ cache_creation_tokens: cacheCreation, duration_ms: 900, request_id: `req_${this.session}_${atMs}` },
    };
    this.ledger.add({ input, output, cacheRead, cacheCreation, usd });
    if (by.event) this.tell(atMs, 'api_request', { ...told, cost_usd: usd, query_source: 'main' });
    if (by.span)
      this.span('claude_code.llm_request', {
        ...{ from: atMs - 900, to: atMs },
        attributes: { 'session.id': this.session, ...told, ttft_ms: 200 },
      });
    if (!by.metric) return;
    const labels = { 'session.id': this.session, model, query_source: 'main' };
    for (const [type, value] of [
      ['input', input],
      ['output', output],
      ['cacheRead', cacheRead],
      ['cacheCreation', cacheCreation],
    ] as const)
      this.count('claude_code.token.usage', 'tokens', value, { ...labels, type });
    this.count('claude_code.cost.usage', 'USD', usd, labels);
  }
}
