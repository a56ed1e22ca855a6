import { makeMessage } from '../content/read-messages';
import type { Message, Payload } from '../conversation';
import type { Fields } from '../fields';
import type { Dialect, SpanSource } from './dialect';

const hidden = '<REDACTED>';
const names = /^claude_code\.(interaction|llm_request|tool)$/;

/** Claude Code's own spans. What was said is there only where its user switched that on. */
export const claudeCode: Dialect = (source) => {
  const [, kind] = names.exec(source.name) ?? [];
  const { fields, events } = source;
  switch (kind) {
    case 'interaction':
      return {
        input: saidBy('user', fields, 'user_prompt'),
        output: fromLogs(source, 'assistant', 'assistant_response', 'response'),
      };
    case 'llm_request':
      return {
        system: saidBy('system', fields, 'user_system_prompt', 'system_prompt_preview').flatMap(({ parts }) => parts),
        input: saidBy('user', fields, 'new_context'),
        output: saidBy('assistant', fields, 'response.model_output'),
      };
    case 'tool': {
      const told = events.find(({ name }) => name === 'tool.output')?.fields;
      const given = told?.payload('tool_input', 'input') ?? fields.payload('tool_input') ?? detailsOf(fields);
      return {
        tool: {
          id: fields.text('tool_use_id', 'gen_ai.tool.call.id'),
          name: fields.text('tool_name', 'gen_ai.tool.name'),
          given,
          result: told?.payload('tool_output', 'output', 'content', 'result') ?? null,
        },
      };
    }
    default:
      return {};
  }
};

/** Without the input itself: the command or the file that it names. */
function detailsOf(fields: Fields): Payload | null {
  const entries = ['full_command', 'file_path', 'skill_name', 'subagent_type'].flatMap((key) => {
    const value = fields.text(key);
    return value === '' ? [] : [[key, value] as const];
  });
  return entries.length === 0 ? null : { text: JSON.stringify(Object.fromEntries(entries)), cut: false };
}

function saidBy(role: string, fields: Fields, ...keys: readonly string[]): Message[] {
  const text = fields.text(...keys);
  return text === '' || text === hidden ? [] : [makeMessage(role, [{ kind: 'text', text }])];
}

/** Lines that Claude Code wrote within the span. */
function fromLogs({ events }: SpanSource, role: string, event: string, key: string): Message[] {
  return events.filter(({ name }) => name.endsWith(event)).flatMap(({ fields }) => saidBy(role, fields, key));
}
