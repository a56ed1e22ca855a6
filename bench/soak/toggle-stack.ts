import type { OtlpSink } from '../../e2e/otlp-sink';
import { countMissing } from './count-missing';
import { findSpans, type SpanCensus } from './find-spans';
import { toggleUnderLoad } from './toggle-under-load';

export interface ToggleStackReport {
  toggles: number;
  slowestToggleMs: number;
  acknowledged: number;
  spansPerSecond: number;
  /** Spans sent and acknowledged between the answer to a switching on and the next switching off. */
  within: number;
  /** Of them, those that a sink does not have, one number a sink. */
  missingAtSinks: readonly number[];
  /** By the stack's own Tempo. */
  census: SpanCensus;
}

export interface ToggledStack {
  otlpGrpcPort: number;
  /** Base URL. */
  tempo: string;
  sinks: readonly OtlpSink[];
  /** Resolves when the switch is made. */
  toggle(enabled: boolean): Promise<void>;
}

const STAY_MS = 400;

/** Switches the sending to all destinations on and off under load; then looks for every span where it has to be. */
export async function toggleStack(
  stack: ToggledStack,
  times: number,
  say: (text: string) => void,
): Promise<ToggleStackReport> {
  const { acknowledged, within, spans, spansPerSecond, slowestToggleMs } = await toggleUnderLoad(
    {
      otlpGrpcPort: stack.otlpGrpcPort,
      toggle: (isOn) => stack.toggle(isOn),
      stayMs: () => STAY_MS,
      onToggle: (toggle, _traces, slowestMs) => {
        if (toggle % 20 === 0) say(`${toggle} switches, slowest ${slowestMs} ms\n`);
      },
    },
    times,
  );
  const missingAtSinks = await Promise.all(stack.sinks.map((sink) => countMissing(sink, within)));
  const census = await findSpans(stack.tempo, acknowledged);
  return {
    toggles: times,
    slowestToggleMs,
    acknowledged: spans,
    spansPerSecond,
    within: within.size,
    missingAtSinks,
    census,
  };
}
