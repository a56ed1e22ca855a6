/** Deep enough to see who called; the rest is the server's and the runtime's. */
const MAX_FRAMES = 20;
const MAX_MESSAGE_CHARACTERS = 500;

export interface FaultDescription {
  message: string;
  /** Lines `at …`; empty where there are none. */
  stack: string;
}

/**
 * An error for a log that is passed on to others. DuckDB's messages quote the statement and values out of telemetry:
 * of them the kind of error and the sentence stay.
 */
export function describeFault(error: unknown): FaultDescription {
  if (!(error instanceof Error)) return { message: cut(String(error)), stack: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { message: cut(withoutData(messageOf(error))), stack: frames.slice(0, MAX_FRAMES).join('\n') };
}

function messageOf(error: Error): string {
  const own = `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${own}; cause: ${error.cause.name}: ${error.cause.message}` : own;
}

const DUCKDB_ERROR = /\b[A-Z][A-Za-z-]*(?: [A-Z][A-Za-z-]*)? (?:Error|Exception): /;

function withoutData(message: string): string {
  if (!DUCKDB_ERROR.test(message)) return message;
  const sentence = message.replace(/\n+\s*LINE \d+:[\s\S]*$/, '');
  return sentence.replace(/'[^']*'|"[^"]*"/g, "'…'");
}

function cut(text: string): string {
  return text.length <= MAX_MESSAGE_CHARACTERS ? text : `${text.slice(0, MAX_MESSAGE_CHARACTERS)}…`;
}
