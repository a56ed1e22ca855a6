import type { Difference, ExplainedValue, Explanation } from '../../../../shared/contract/explain';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { SpanSelection } from './span-selection';

/** What the selected spans are called in a sentence. */
export function nameSelection(selection: SpanSelection): string {
  switch (selection.kind) {
    case 'errors':
      return 'failed spans';
    case 'slow':
      return `spans longer than ${formatDuration(selection.overNs)}`;
    case 'box':
      return `spans of ${formatDuration(selection.lowNs)} to ${formatDuration(selection.highNs)}`;
  }
}

/** The cause in one sentence, as far as there is one. */
export function nameCause({ verdict, differences, outcomes, operations }: Explanation, what: string): string {
  if (verdict === 'too-few') return `There are too few ${what}, or too few others, to tell anything from chance.`;
  const [value] = differences;
  if (value) return `${nameValue(value)} ${shares(value)}`;
  const [outcome] = outcomes;
  if (outcome) return `They end otherwise: ${nameValue(outcome)} ${shares(outcome)}`;
  const [operation] = operations;
  if (operation)
    return `It is the operation: ${showPlainText(`${operation.service} ${operation.name}`)} is ${percent(operation.selection.share)} of the ${what}, and ${percent(operation.against.share)} of the rest.`;
  return verdict === 'differs'
    ? 'No attribute tells them apart, but what else they came with does: see below.'
    : `Nothing tells the ${what} from the rest beyond chance.`;
}

function shares({ share, expected, lift }: Difference): string {
  const times = lift === null ? '' : lift >= 1.05 ? `, ${round(lift)} times as often` : '';
  return `is in ${percent(share)} of them, and in ${percent(expected)} of comparable others${times}.`;
}

/** `customer.id = acme`; that there is none in words. */
export function nameValue({ key, value }: ExplainedValue): string {
  return showPlainText(value === null ? `no ${key}` : `${key} = ${value}`);
}

export function percent(share: number): string {
  const value = 100 * share;
  if (value === 0 || value >= 9.95) return `${Math.round(value)} %`;
  return value < 0.1 ? '<0.1 %' : `${value.toFixed(1)} %`;
}

export function round(value: number): string {
  return value >= 9.95 ? String(Math.round(value)) : value.toFixed(1);
}
