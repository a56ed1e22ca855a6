import type { ToolRun } from '../conversation';
import type { Fields } from '../fields';
import type { Dialect } from './dialect';
import { partsIn, saidIn } from './said-in';

const detailsEvent = 'gen_ai.client.inference.operation.details';

/** OpenTelemetry's conventions of today, on the span or in the event that has the details; Pydantic AI's history beside them. */
export const genAi: Dialect = ({ fields, events }) => {
  const places = [fields, ...events.filter(({ name }) => name === detailsEvent).map((event) => event.fields)];
  for (const place of places) {
    const input = saidIn(place, 'user', 'gen_ai.input.messages', 'pydantic_ai.all_messages', 'all_messages_events');
    const output = saidIn(place, 'assistant', 'gen_ai.output.messages');
    const told = partsIn(place, 'gen_ai.system_instructions');
    const system = told.length > 0 ? told : input.system;
    if (system.length + input.messages.length + output.messages.length === 0) continue;
    return { system, input: input.messages, output: output.messages, tool: toolOf(fields) };
  }
  return { tool: toolOf(fields) };
};

function toolOf(fields: Fields): ToolRun | null {
  const id = fields.text('gen_ai.tool.call.id');
  const name = fields.text('gen_ai.tool.name');
  const given = fields.payload('gen_ai.tool.call.arguments', 'gen_ai.tool.args', 'tool_arguments', 'gen_ai.tool.input');
  const result = fields.payload('gen_ai.tool.call.result', 'gen_ai.tool.output', 'tool_response');
  return name !== '' || given || result ? { id, name, given, result } : null;
}
