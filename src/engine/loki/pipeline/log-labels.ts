const none: ReadonlyMap<string, string> = new Map();

/**
 * Labels of one line on its way through a pipeline: those of its stream, its structured metadata, and what parsers and
 * formats have set. The later kinds hide the earlier ones.
 */
export class LogLabels {
  readonly parsed = new Map<string, string>();
  /** `__error__` and `__error_details__`; empty while nothing failed. */
  error = '';
  errorDetails = '';
  private removed: Set<string> | undefined;

  constructor(
    readonly stream: ReadonlyMap<string, string>,
    readonly metadata: Map<string, string> = none as Map<string, string>,
  ) {}

  get(name: string): string | undefined {
    const value = this.parsed.get(name) ?? this.metadata.get(name);
    if (value !== undefined) return value;
    return this.removed?.has(name) ? undefined : this.stream.get(name);
  }

  /** A name a parser may set: `_extracted` is added where the stream or the metadata has it already. */
  freeName(name: string): string {
    return this.stream.has(name) || this.metadata.has(name) ? `${name}_extracted` : name;
  }

  set(name: string, value: string): void {
    this.metadata.delete(name);
    this.parsed.set(name, value);
  }

  remove(name: string): void {
    this.parsed.delete(name);
    this.metadata.delete(name);
    this.removed ??= new Set();
    this.removed.add(name);
  }

  fail(error: string, details: string): void {
    this.error = error;
    this.errorDetails = details;
  }

  /** The stream's labels as they stand now, without metadata and parsed labels. */
  streamLabels(): Map<string, string> {
    const labels = new Map<string, string>();
    for (const [name, value] of this.stream) {
      if (!this.removed?.has(name) && !this.parsed.has(name)) labels.set(name, value);
    }
    return labels;
  }

  /** Labels set by the pipeline, its error among them. */
  parsedLabels(): Map<string, string> {
    const labels = new Map(this.parsed);
    if (this.error) labels.set('__error__', this.error);
    if (this.errorDetails) labels.set('__error_details__', this.errorDetails);
    return labels;
  }

  all(): Map<string, string> {
    const labels = this.streamLabels();
    for (const [name, value] of this.metadata) labels.set(name, value);
    for (const [name, value] of this.parsedLabels()) labels.set(name, value);
    return labels;
  }
}
