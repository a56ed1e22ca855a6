import { sendHttp } from '../http/client/send-http';
import { type CursorEvent, tellCursorEvent } from './cursor-event';
import { CursorMoments } from './cursor-moments';

interface CursorHearing {
  /** Watchtower's. */
  home: string;
  content: boolean;
  now(): number;
  /** Base URL of the receiver; null where none runs. */
  endpoint(): Promise<string | null>;
  /** Most time for what goes over the network, in all. */
  signal: AbortSignal;
}

/** Turns what Cursor tells a hook into telemetry. Whatever it is given, and whoever does not answer, it does not throw. */
export async function hearCursor(
  input: string,
  { home, content, now, endpoint, signal }: CursorHearing,
): Promise<void> {
  try {
    const event: unknown = JSON.parse(input.replace(/^\ufeff/, ''));
    if (typeof event !== 'object' || event === null || Array.isArray(event)) return;
    const at = now();
    const beganAt = await rememberBeginning(event as CursorEvent, new CursorMoments(home), at);
    const told = tellCursorEvent(event as CursorEvent, { now: at, beganAt, content });
    const base = told.length === 0 ? null : await endpoint();
    if (base === null) return;
    for (const { signal: kind, body } of told) {
      const answer = await sendHttp(`${base.replace(/\/+$/, '')}/v1/${kind}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal,
      });
      answer.resume();
    }
  } catch {
    // A hook that fails would be in the person's way; what could not be told is gone.
  }
}

/** When that began which an event tells the end of, as an event before told: a turn by its prompt, a tool call by the question whether it may run. */
async function rememberBeginning(event: CursorEvent, moments: CursorMoments, now: number): Promise<number | null> {
  const turn = [event.conversation_id, event.generation_id];
  switch (event.hook_event_name) {
    case 'beforeSubmitPrompt':
      await moments.keep(turn, now);
      return now;
    case 'stop':
      return moments.take(turn);
    case 'beforeShellExecution':
      await moments.keep([...turn, 'shell', event.command], now);
      return null;
    case 'beforeMCPExecution':
      await moments.keep([...turn, 'mcp', mcpTool(event.tool_name)], now);
      return null;
    case 'postToolUse':
    case 'postToolUseFailure':
      return moments.take([...turn, ...subjectOf(event)]);
    default:
      return null;
  }
}

/** Of a tool call that was asked about before: the same whichever hook tells of it. */
function subjectOf({ tool_name: tool, tool_input: input }: CursorEvent): unknown[] {
  if (typeof tool === 'string' && /^MCP:/i.test(tool)) return ['mcp', mcpTool(tool)];
  return ['shell', (input as { command?: unknown } | null | undefined)?.command];
}

/** `MCP:shop:list` and `list` are one tool. */
function mcpTool(name: unknown): unknown {
  return typeof name === 'string' ? name.split(':').at(-1) : name;
}
