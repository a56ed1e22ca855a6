import type { Snippet } from '../../shared/contract/snippets';

/** Where a snippet's app sends to. */
export interface SnippetTarget {
  serviceName: string;
  protocol: 'grpc' | 'http';
  /** Base URL of each, such as `http://127.0.0.1:4317`. */
  otlpGrpc: string;
  otlpHttp: string;
}

/** How one language or platform is set up. */
export interface SnippetLanguage {
  id: string;
  title: string;
  /** Other names by which people ask for it, in lower case without blanks, dots and dashes. */
  aliases: readonly string[];
  /** Where it cannot send otherwise. */
  only?: 'http';
  render(target: SnippetTarget): Omit<Snippet, 'language' | 'title'>;
}

export function endpointOf(target: SnippetTarget): string {
  return target.protocol === 'grpc' ? target.otlpGrpc : target.otlpHttp;
}

/** `OTEL_EXPORTER_OTLP_PROTOCOL` of each. */
export function protocolOf(target: SnippetTarget): string {
  return target.protocol === 'grpc' ? 'grpc' : 'http/protobuf';
}
