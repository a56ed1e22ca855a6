import { completionStatus } from '@codemirror/autocomplete';
import { forEachDiagnostic, setDiagnosticsEffect } from '@codemirror/lint';
import { type EditorState, StateField } from '@codemirror/state';
import { showTooltip, type Tooltip } from '@codemirror/view';

/** The mark of what stands in words under the field already. */
export const saidElsewhere = 'cm-said-elsewhere';

/** Says what is wrong where the caret stands in it: what a pointer finds by hovering. */
export const errorAtCaret = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { state, docChanged, selection, effects }) {
    const changed = docChanged || selection || effects.some((effect) => effect.is(setDiagnosticsEffect));
    return changed ? findAtCaret(state) : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function findAtCaret(state: EditorState): Tooltip | null {
  if (completionStatus(state) !== null) return null;
  const caret = state.selection.main.head;
  let found: Tooltip | null = null;
  forEachDiagnostic(state, ({ message, markClass }, from, to) => {
    if (found || markClass === saidElsewhere || caret < from || caret > to) return;
    const create = () => {
      const dom = document.createElement('div');
      dom.className = 'cm-query-error';
      dom.textContent = message;
      return { dom };
    };
    found = { pos: from, create };
  });
  return found;
}
