import type { Work } from './conversation';
import type { Fields } from './fields';

const operations: Readonly<Record<string, Work>> = {
  chat: 'model',
  text_completion: 'model',
  generate_content: 'model',
  'chat.completions': 'model',
  'text.completions': 'model',
  responses: 'model',
  call_llm: 'model',
  execute_tool: 'tool',
  invoke_agent: 'agent',
  create_agent: 'agent',
  invoke_workflow: 'agent',
};
const openInferenceKinds: Readonly<Record<string, Work>> = {
  LLM: 'model',
  TOOL: 'tool',
  AGENT: 'agent',
  CHAIN: 'agent',
};
const traceloopKinds: Readonly<Record<string, Work>> = { workflow: 'agent', agent: 'agent', tool: 'tool' };
const claudeNames: Readonly<Record<string, Work>> = {
  'claude_code.interaction': 'agent',
  'claude_code.llm_request': 'model',
  'claude_code.tool': 'tool',
};

/** What a span is for, as its dialect says it. `operation` is the dialect's own word. */
export function readWork(name: string, fields: Fields): { work: Work; operation: string } {
  const operation = fields.text('gen_ai.operation.name');
  const claude = claudeNames[name];
  if (claude) return { work: claude, operation: name };
  const known = operations[operation];
  if (known) return { work: known, operation };
  const vercel = fields.text('ai.operationId');
  if (vercel !== '') return { work: ofVercel(vercel), operation: vercel };
  const kind = fields.text('openinference.span.kind');
  if (kind !== '') return { work: openInferenceKinds[kind.toUpperCase()] ?? 'other', operation: operation || kind };
  const traceloop = fields.text('traceloop.span.kind');
  if (traceloop !== '') return { work: traceloopKinds[traceloop] ?? 'other', operation: operation || traceloop };
  if (operation !== '') return { work: 'other', operation };
  const request = fields.text('llm.request.type');
  if (request !== '') return { work: /chat|completion/.test(request) ? 'model' : 'other', operation: request };
  if (fields.has('gen_ai.tool.name')) return { work: 'tool', operation };
  const isModel = fields.has('gen_ai.request.model', 'gen_ai.response.model', 'gen_ai.prompt', 'gen_ai.input.messages');
  return { work: isModel ? 'model' : 'other', operation };
}

function ofVercel(operation: string): Work {
  if (operation === 'ai.toolCall') return 'tool';
  if (/\.do(?:Generate|Stream)$/.test(operation)) return 'model';
  return /^ai\.(?:generate|stream)/.test(operation) ? 'agent' : 'other';
}
