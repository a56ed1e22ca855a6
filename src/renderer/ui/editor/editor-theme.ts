import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The panel's tokens name both themes: the editor follows them by itself. */
const look = EditorView.theme({
  '&': {
    fontFamily: 'var(--font-mono)',
    fontSize: 'var(--text-xs)',
    fontVariantLigatures: 'none',
    color: 'var(--color-ink)',
    borderRadius: '6px',
  },
  '&.cm-focused': { outline: '2px solid var(--color-accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.125rem', maxHeight: '9.5rem', scrollbarWidth: 'thin' },
  '.cm-content': { padding: '4px 0', caretColor: 'var(--color-ink)' },
  '.cm-line': { padding: '0 5rem 0 8px', overflowWrap: 'anywhere' },
  '.cm-placeholder': { color: 'var(--color-faint)' },
  '.cm-cursor': { borderLeftColor: 'var(--color-ink)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'light-dark(#bcd5ff, #244a86)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--color-selected)' },
  '.cm-specialChar': { color: 'var(--color-bad)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--color-bad)',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--color-bad)' },
  '.cm-tooltip': {
    zIndex: '45',
    border: '1px solid var(--color-line-strong)',
    borderRadius: '8px',
    backgroundColor: 'var(--color-overlay)',
    color: 'var(--color-ink)',
    boxShadow: 'var(--shadow-popup)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-query-error': {
    maxWidth: '36rem',
    padding: '4px 8px',
    fontFamily: 'var(--font-sans)',
    color: 'var(--color-bad)',
    overflowWrap: 'anywhere',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-mono)',
    minWidth: '18rem',
    maxWidth: 'min(44rem, 90vw)',
    maxHeight: '16rem',
    padding: '4px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '12px',
    padding: '3px 8px',
    borderRadius: '5px',
    lineHeight: '1.125rem',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--color-selected)',
    color: 'var(--color-ink)',
  },
  '.cm-completionLabel': { flex: '0 1 auto', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--color-accent)', fontWeight: '600' },
  '.cm-completionDetail': {
    margin: '0 0 0 auto',
    flex: 'none',
    fontStyle: 'normal',
    fontFamily: 'var(--font-sans)',
    color: 'var(--color-muted)',
  },
  '.cm-tooltip.cm-completionInfo': {
    maxWidth: '22rem',
    padding: '6px 10px',
    fontFamily: 'var(--font-sans)',
    color: 'var(--color-muted)',
  },
});

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.logicOperator, tags.function(tags.variableName)],
    color: 'var(--color-accent)',
  },
  { tag: tags.string, color: 'var(--color-service-3)' },
  { tag: [tags.number, tags.literal], color: 'var(--color-service-5)' },
  { tag: [tags.propertyName, tags.labelName], color: 'var(--color-service-2)' },
  { tag: tags.variableName, color: 'var(--color-ink)' },
  { tag: tags.operator, color: 'var(--color-muted)' },
  { tag: tags.comment, color: 'var(--color-faint)', fontStyle: 'italic' },
]);

export const editorTheme = [look, syntaxHighlighting(colours)];
