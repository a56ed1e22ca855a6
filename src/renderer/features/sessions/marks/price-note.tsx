import type { PriceSource } from '../../../../shared/sessions/usage';
import { showPlainText } from '../../../../shared/show-plain-text';
import { CopyButton } from '../../../ui/text/copy-button';

/** From when the prices of estimates are, and which file they can be changed in. */
export function PriceNote({ prices: { asOf, source, path, problem } }: { prices: PriceSource }) {
  if (problem) return <p className="text-warn wrap-anywhere">Nothing is estimated: {showPlainText(problem)}</p>;
  return (
    <p className="flex items-center gap-1 text-muted">
      <span title={`${showPlainText(source)}\n${showPlainText(path)}`}>
        Estimates by prices of {showPlainText(asOf)}
      </span>
      <CopyButton text={path} what="the path of the price table" />
    </p>
  );
}
