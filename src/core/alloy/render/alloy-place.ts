import type { AlloyPipeline } from './alloy-pipeline';
import type { AlloyBlock } from './alloy-text';
import type { LocalBackends } from './local-exporters';

/** Where a destination's address and its headers' values come from. No secret stands in any of it. */
export interface CloudSource {
  /** An expression of Alloy's language, as each header's value is. */
  endpoint: string;
  headers: readonly { key: string; value: string }[];
  /** What the expressions name. */
  blocks: readonly AlloyBlock[];
}

/** What differs in a pipeline between the places where Alloy runs. */
export interface AlloyPlace {
  backends: LocalBackends;
  source(destination: AlloyPipeline['destinations'][number]): CloudSource;
}
