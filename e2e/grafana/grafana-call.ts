/** One call as a tool makes it, and what the tool reads of the answer. */
export interface GrafanaCall {
  tool: 'mcp-grafana' | 'gcx';
  /** The tool's own name of what it does: of one of its tools, or a command. */
  does: string;
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: object;
  /** 200 unless given. */
  status?: number;
  answer: unknown;
}
