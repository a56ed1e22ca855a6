import { type PageKey, usePageKeys } from '../../../page/page-keys';
import { Waterfall, type WaterfallProps } from '../waterfall/waterfall';

/** The waterfall with its keys. */
export function WaterfallView({ keys, ...props }: WaterfallProps & { keys: readonly PageKey[] }) {
  const { state } = props;
  usePageKeys('Trace', [
    { key: 'j', label: 'Next span', run: () => state.moveBy(1) },
    { key: 'k', label: 'Previous span', run: () => state.moveBy(-1) },
    { key: 'ArrowDown', label: 'Next span', run: () => state.moveBy(1) },
    { key: 'ArrowUp', label: 'Previous span', run: () => state.moveBy(-1) },
    { key: 'ArrowLeft', label: 'Hide what is below, then to the parent', run: state.goOut },
    { key: 'ArrowRight', label: 'Show what is below, then to its first', run: state.goIn },
    { key: 'f', label: 'Fold or unfold what repeats', run: () => state.setFolds(!state.folds) },
    { key: '[', label: 'One level less', run: () => state.showDepth(state.depth - 1) },
    { key: ']', label: 'One level more', run: () => state.showDepth(state.depth + 1) },
    ...keys,
  ]);
  return <Waterfall {...props} />;
}
