import type { ExplainedValue } from '../contract/explain';

const outcomes =
  /^(?:http\.(?:response\.)?status_(?:code|text)|error(?:\.(?:type|kind|code|message|name|class))?|exception(?:\..*)?|otel\.status_.*|rpc\..*status_code|grpc\.status.*|db\.response\.status_code|status(?:[._]?(?:code|message|text))?|messaging\..*error.*)$/i;

/** Whether a value tells how something ended, which says nothing of why. */
export function isOutcome({ place, key }: Pick<ExplainedValue, 'place' | 'key'>): boolean {
  if (place === 'intrinsic') return true;
  return place !== 'resource' && outcomes.test(key);
}
