/** As `KeyHint` shows them: a Mac has its own key for it. */
export const paletteKeys = navigator.platform.startsWith('Mac') ? '⌘ K' : 'Ctrl K';
