/** A file of Alloy's container; `path` is absolute in it. */
export interface AlloyFile {
  path: string;
  content: string;
  mode: number;
}

/** What is read of a running Alloy: its metrics and its log. */
export type AlloyOutput = Pick<AlloyHost, 'httpUrl' | 'logs'>;

/**
 * A running Alloy, as the switch needs it: made by create-core from the stack and the container engine. A method that
 * cannot do its work rejects with an Error whose message may be shown once secrets are masked.
 */
export interface AlloyHost {
  /** Base URL of its HTTP server (12345 in the container), as this process reaches it. */
  readonly httpUrl: string;
  /** HOST:PORT where OTLP gRPC and OTLP/HTTP are published. */
  readonly otlpAddresses: readonly string[];
  putFiles(files: readonly AlloyFile[]): Promise<void>;
  /** Null where the file is missing. */
  readFile(path: string): Promise<string | null>;
  exec(command: readonly string[], options: { timeoutMs: number }): Promise<{ exitCode: number; output: string }>;
  /** Newest lines that Alloy wrote to its log, oldest first; `at` is Unix milliseconds. */
  logs(options: { tail: number; signal: AbortSignal }): AsyncIterable<{ at: number; text: string }>;
  /** Restarts the container; its files stay. */
  restart(): Promise<void>;
}
