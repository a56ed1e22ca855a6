import { agents } from './agents';

/**
 * Where coding agents write what was said: prompts, answers, and what went into tools and came out of them. Names in the agents' own
 * words, of the GenAI conventions old and new, and of OpenInference.
 */
const names = [
  'prompt',
  'user_prompt',
  'response',
  'response_text',
  'request_text',
  'reasoning',
  'output',
  'input',
  'arguments',
  'function_args',
  'full_command',
  'bash_command',
  'command',
  'tool_parameters',
  'tool_input',
  'tool_output',
  'tool_result',
  'tool_content',
  'request_body',
  'response_body',
  'body',
  'system_prompt',
  'system_instructions',
  'gen_ai\\.(?:input|output)\\.messages',
  'gen_ai\\.system_instructions',
  'gen_ai\\.tool\\.(?:call\\.(?:arguments|result)|definitions)',
  'gen_ai\\.(?:prompt|completion|content)(?:\\..*)?',
  'gen_ai\\.event\\.content',
  '(?:input|output)\\.value',
  'llm\\.(?:input|output)_messages(?:\\..*)?',
  'copilot_chat\\.(?:.*\\.)?(?:prompt|response|content|user_request|reasoning_content)(?:\\..*)?',
];
const services = agents.flatMap((agent) => agent.services);

/** RE2, of whole names of attributes. */
export const agentContentKeys = `(?:${names.join('|')})`;
/** RE2, of a whole `service.name`. */
export const agentServices = `(?:${services.map((name) => name.replaceAll('.', '\\.')).join('|')})`;
/** RE2, of a part of the name of an instrumentation scope: agents keep theirs where a person gives them another service name. */
export const agentScopes = '(?:claude[-_.]code|gemini[-_.]cli|codex[-_.]|copilot|watchtower\\.hook\\.cursor)';
/** RE2, of a whole log line that is the name of an event, and tells nothing that was said. */
export const eventNames = '[A-Za-z0-9_.:-]{1,100}';
