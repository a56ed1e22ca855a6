import { TestAgent } from './test-agent';
import { Ledger } from './test-ledger';

/** Telemetry as Gemini CLI sends it. */
export class Gemini extends TestAgent {
  readonly ledger = new Ledger();

  constructor(
    readonly session: string,
    port: number,
  ) {
    const scopes = { logs: 'gemini-cli', metrics: 'gemini-cli', traces: 'gemini-cli' };
    super({ port, service: 'gemini-cli', scopes, temporality: 'cumulative' });
  }

  tell(atMs: number, name: string, attributes: Record<string, string | number | boolean>, body = `${name}.`) {
    this.event(atMs, body, { 'session.id': this.session, 'event.name': name, ...attributes });
  }

  call(atMs: number, [input, cached, output, thoughts, tool]: [number, number, number, number, number]) {
    const model = 'gemini-2.5-pro';
    this.ledger.add({ input: input - cached + tool, cacheRead: cached, output: output + thoughts });
    this.tell(atMs, 'gemini_cli.api_response', {
      ...{ model, duration_ms: 800, input_token_count: input, output_token_count: output },
      ...{ cached_content_token_count: cached, thoughts_token_count: thoughts, tool_token_count: tool },
      ...{ total_token_count: input + output + thoughts + tool, status_code: 200 },
    });
    // The same call again, by the conventions, which know neither cache nor thoughts.
    this.tell(atMs, 'gen_ai.client.inference.operation.details', {
      ...{ 'gen_ai.request.model': model, 'gen_ai.response.id': `r${atMs}` },
      ...{ 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output },
    });
    const labels = { 'session.id': this.session, model };
    for (const [type, value] of [
      ['input', input],
      ['output', output],
      ['cache', cached],
      ['thought', thoughts],
      ['tool', tool],
    ] as const)
      this.count('gemini_cli.token.usage', '', value, { ...labels, type });
  }
}
