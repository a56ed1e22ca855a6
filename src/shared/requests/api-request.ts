/** What one of the query APIs is asked: sent by the host, and copied from the panel as curl, so that both have the same answer. */
export interface ApiRequest {
  path: string;
  parameters: Record<string, string | number>;
}
