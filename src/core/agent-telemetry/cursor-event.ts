import { createHash } from 'node:crypto';
import { basename } from 'node:path';

/** What Cursor tells a hook, as far as we read it. */
export type CursorEvent = Readonly<Record<string, unknown>>;

type Attribute = { key: string; value: { stringValue: string } | { intValue: string } | { boolValue: boolean } };

interface Told {
  signal: 'traces' | 'logs';
  body: string;
}

export interface EventContext {
  /** Unix milliseconds. */
  now: number;
  /** When that began which the event ends, a turn or the wait for leave to call a tool, if that is known: Unix milliseconds. */
  beganAt: number | null;
  /** Prompts and what tools say are told, too. */
  content: boolean;
}

const maxText = 256 * 1024;
/** What passes in less was needed by Cursor and its hooks, and nobody was asked. */
const leastWaitMs = 1000;

/** One event of Cursor's hooks as requests of OTLP/JSON, in the names of the GenAI conventions; none for an event that is not known. */
export function tellCursorEvent(event: CursorEvent, context: EventContext): Told[] {
  const name = text(event.hook_event_name);
  switch (name) {
    case 'beforeSubmitPrompt':
      return [
        log(event, context, 'cursor.user_prompt', {
          prompt_length: size(event.prompt),
          ...spoken(context, { prompt: event.prompt }),
        }),
      ];
    case 'afterAgentResponse':
      return [
        log(event, context, 'cursor.assistant_response', {
          response_length: size(event.text),
          ...usage(event),
          ...spoken(context, { response: event.text }),
        }),
      ];
    case 'postToolUse':
    case 'postToolUseFailure':
      return [toolSpan(event, context, name === 'postToolUseFailure')];
    case 'subagentStop':
      return [
        span(event, context, {
          id: idOf(16, event.generation_id, event.subagent_id ?? event.subagent_type, context.now),
          name: `invoke_agent ${word(event.subagent_type)}`,
          durationMs: number(event.duration_ms ?? event.duration) ?? 0,
          parent: turnId(event),
          failed: text(event.status) === 'error' ? 'error' : null,
          attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': word(event.subagent_type) },
        }),
      ];
    case 'preCompact':
      return [
        log(event, context, 'cursor.compaction', {
          trigger: event.trigger,
          context_tokens: event.context_tokens,
          context_window_size: event.context_window_size,
          message_count: event.message_count,
        }),
      ];
    case 'stop':
      return [
        span(event, context, {
          id: turnId(event),
          name: 'invoke_agent cursor',
          durationMs: context.beganAt === null ? 0 : Math.max(0, context.now - context.beganAt),
          failed: text(event.status) === 'error' ? 'error' : null,
          attributes: {
            'gen_ai.operation.name': 'invoke_agent',
            'gen_ai.agent.name': 'cursor',
            'cursor.status': event.status,
            'cursor.loop_count': event.loop_count,
            ...usage(event),
          },
        }),
      ];
    case 'sessionStart':
    case 'sessionEnd':
      return [
        log(event, context, name === 'sessionStart' ? 'cursor.session_start' : 'cursor.session_end', {
          reason: event.reason,
        }),
      ];
    default:
      return [];
  }
}

function toolSpan(event: CursorEvent, context: EventContext, failed: boolean): Told {
  const tool = word(event.tool_name);
  const reason = word(event.failure_type ?? 'error');
  return span(event, context, {
    id: idOf(16, event.generation_id, event.tool_use_id ?? context.now, tool),
    name: `execute_tool ${tool}`,
    durationMs: number(event.duration) ?? 0,
    parent: turnId(event),
    failed: failed ? reason : null,
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool,
      'gen_ai.tool.call.id': event.tool_use_id,
      ...(failed && { 'error.type': reason }),
      'cursor.approval_wait_ms': waitedMs(event, context),
      ...spoken(context, {
        'gen_ai.tool.call.arguments': event.tool_input,
        'gen_ai.tool.call.result': event.tool_output ?? event.error_message,
      }),
    },
  });
}

/** Before a shell command or a tool of MCP began; how long these took does not include it. */
function waitedMs(event: CursorEvent, { now, beganAt }: EventContext): number | undefined {
  if (beganAt === null) return undefined;
  const waited = Math.round(now - beganAt - (number(event.duration) ?? 0));
  return waited < leastWaitMs ? undefined : waited;
}

interface SpanFacts {
  id: string;
  name: string;
  durationMs: number;
  parent?: string;
  failed: string | null;
  attributes: Record<string, unknown>;
}

function span(
  event: CursorEvent,
  { now }: EventContext,
  { id, name, durationMs, parent, failed, attributes }: SpanFacts,
): Told {
  const body = {
    traceId: traceId(event),
    spanId: id,
    ...(parent !== undefined && { parentSpanId: parent }),
    name,
    kind: 1,
    startTimeUnixNano: nanos(now - durationMs),
    endTimeUnixNano: nanos(now),
    attributes: attributesOf({ ...common(event), ...attributes }),
    status: failed === null ? {} : { code: 2, message: failed },
  };
  const scopeSpans = [{ scope: { name: 'watchtower.hook.cursor' }, spans: [body] }];
  return { signal: 'traces', body: JSON.stringify({ resourceSpans: [{ resource: resourceOf(event), scopeSpans }] }) };
}

function log(event: CursorEvent, { now }: EventContext, name: string, attributes: Record<string, unknown>): Told {
  const record = {
    timeUnixNano: nanos(now),
    observedTimeUnixNano: nanos(now),
    severityNumber: 9,
    severityText: 'INFO',
    eventName: name,
    body: { stringValue: name },
    traceId: traceId(event),
    spanId: turnId(event),
    attributes: attributesOf({ 'event.name': name.replace('cursor.', ''), ...common(event), ...attributes }),
  };
  const scopeLogs = [{ scope: { name: 'watchtower.hook.cursor' }, logRecords: [record] }];
  return { signal: 'logs', body: JSON.stringify({ resourceLogs: [{ resource: resourceOf(event), scopeLogs }] }) };
}

/** Neither the user's address nor the path of the transcript is told. */
function common(event: CursorEvent): Record<string, unknown> {
  return {
    'session.id': event.conversation_id,
    'gen_ai.conversation.id': event.conversation_id,
    'cursor.generation_id': event.generation_id,
    'gen_ai.request.model': event.model,
    'gen_ai.provider.name': 'cursor',
  };
}

function resourceOf(event: CursorEvent) {
  const roots = event.workspace_roots;
  const root = Array.isArray(roots) && typeof roots[0] === 'string' ? roots[0] : undefined;
  const attributes = attributesOf({
    'service.name': 'cursor',
    'service.version': event.cursor_version,
    'process.working_directory': root,
    'vcs.repository.name': root && basename(root.replaceAll('\\', '/')),
  });
  return { attributes };
}

function usage(event: CursorEvent): Record<string, unknown> {
  return {
    'gen_ai.usage.input_tokens': event.input_tokens,
    'gen_ai.usage.output_tokens': event.output_tokens,
    'gen_ai.usage.cache_read.input_tokens': event.cache_read_tokens,
    'gen_ai.usage.cache_creation.input_tokens': event.cache_write_tokens,
  };
}

const spoken = ({ content }: EventContext, values: Record<string, unknown>) => (content ? values : {});
const traceId = (event: CursorEvent) => idOf(32, event.conversation_id, event.generation_id);
const turnId = (event: CursorEvent) => idOf(16, event.generation_id, 'turn');
const nanos = (ms: number) => `${Math.round(ms * 1000)}000`;
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const word = (value: unknown) => text(value).slice(0, 200) || 'unknown';
const number = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
const size = (value: unknown) => (typeof value === 'string' ? value.length : undefined);

function idOf(digits: number, ...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, digits);
}

function attributesOf(values: Record<string, unknown>): Attribute[] {
  return Object.entries(values).flatMap(([key, value]): Attribute[] => {
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'boolean') return [{ key, value: { boolValue: value } }];
    if (typeof value === 'number')
      return Number.isSafeInteger(value) ? [{ key, value: { intValue: String(value) } }] : [];
    const written = typeof value === 'string' ? value : JSON.stringify(value);
    return [{ key, value: { stringValue: written.slice(0, maxText) } }];
  });
}
