import { showPlainText } from '../../../../shared/show-plain-text';
import type { Offer } from './completion-offer';
import { quoteValue } from './quote-value';

/** Longer values are no help at a caret. */
const longest = 400;

/** Values as strings of the query: behind the quote that is open, or with quotes of their own. The rest of the string is closed. */
export function valueOffers(values: readonly string[], quote: string | null, detail?: string): Offer[] {
  const mark = quote ?? '"';
  return values
    .filter((value) => value !== '' && value.length <= longest)
    .map((value) => ({
      kind: 'value',
      label: showPlainText(value),
      insert: `${quote ? '' : mark}${quoteValue(value, mark)}${mark}`,
      ...(detail && { detail }),
    }));
}
