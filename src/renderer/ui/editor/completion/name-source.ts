import type { Asked } from './completion-offer';

/** The names and values that a backend knows, as the editor asks for them. */
export interface NameSource {
  /** Attributes of spans as TraceQL writes them. */
  spanFields(signal: AbortSignal): Promise<Asked>;
  /** Values of one of them; `quote` is that of the string the caret is in. */
  spanValues(field: string, typed: string, quote: string | null, signal: AbortSignal): Promise<Asked>;
  logLabels(signal: AbortSignal): Promise<Asked>;
  logLabelValues(label: string, typed: string, quote: string | null, signal: AbortSignal): Promise<Asked>;
  /** Fields that are found in the lines of this selector, and their types. */
  logFields(selector: string, signal: AbortSignal): Promise<Asked>;
  metricNames(signal: AbortSignal): Promise<Asked>;
  /** `metric` may be empty: those of any. */
  metricLabels(metric: string, signal: AbortSignal): Promise<Asked>;
  metricLabelValues(
    metric: string,
    label: string,
    typed: string,
    quote: string | null,
    signal: AbortSignal,
  ): Promise<Asked>;
}
