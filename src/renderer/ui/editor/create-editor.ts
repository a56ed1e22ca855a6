import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionStatus,
  setSelectedCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewline } from '@codemirror/commands';
import { bracketMatching, type LRLanguage } from '@codemirror/language';
import { type Diagnostic, linter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightSpecialChars, keymap, placeholder, tooltips } from '@codemirror/view';
import { completeAtCaret } from './complete-at-caret';
import type { NameSource } from './completion/name-source';
import { editorTheme } from './editor-theme';
import { errorAtCaret, saidElsewhere } from './error-at-caret';
import { findMistake } from './find-mistake';
import { logqlLanguage } from './languages/logql-language';
import { promqlLanguage } from './languages/promql-language';
import { traceqlLanguage } from './languages/traceql-language';
import type { QueryLanguage } from './query-language';

interface QueryBlame {
  message: string;
  /** 0-based in the query. */
  position?: number | undefined;
}

export interface EditorOptions {
  /** Stands in the page where the editor is to be; nothing is in it. */
  host: HTMLElement;
  language: QueryLanguage;
  placeholder: string;
  text: string;
  names: NameSource;
  /** What the backend says of a text that nobody has asked yet; null where it takes it, or cannot be asked. */
  check: (text: string) => Promise<QueryBlame | null>;
  onChange: (text: string) => void;
  onRun: (text: string) => void;
  /** Escape, where it closes nothing in the editor itself. */
  onEscape: () => void;
}

export interface QueryEditorView {
  /** In place of what is there, where that is another text. */
  write(text: string): void;
  /** What the backend said of the text as it is; null for nothing. */
  blame(problem: QueryBlame | null): void;
  focus(): void;
  blur(): void;
  select(from: number, to: number): void;
  remove(): void;
}

const languages: Record<QueryLanguage, LRLanguage> = {
  TraceQL: traceqlLanguage,
  LogQL: logqlLanguage,
  PromQL: promqlLanguage,
};
/** Longer texts are not searched for mistakes while one types. */
const mostChecked = 20_000;
const checkMs = 400;

/**
 * An editor of one query. It lives in a shadow tree: there its styles are constructed sheets, which the page's content security
 * policy allows, as it allows no style elements.
 */
export function createEditor(options: EditorOptions): QueryEditorView {
  const { host, language } = options;
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true });
  /** What the backend refused, and the very text that it refused. */
  let blamed: { text: string; problem: QueryBlame } | null = null;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      selection: { anchor: options.text.length },
      extensions: [
        Prec.highest(
          keymap.of([
            {
              key: 'Enter',
              run: ({ state }) => {
                // What was chosen in the list is taken by the list itself.
                if (completionStatus(state) === 'active' && acceptCompletion(view)) return true;
                closeCompletion(view);
                options.onRun(state.doc.toString());
                return true;
              },
              shift: insertNewline,
            },
            { key: 'Tab', run: acceptFirst },
            {
              key: 'Escape',
              run: () => {
                if (!closeCompletion(view)) options.onEscape();
                return true;
              },
            },
          ]),
        ),
        keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap]),
        history(),
        drawSelection(),
        highlightSpecialChars(),
        closeBrackets(),
        bySize(languages[language], options.text.length),
        EditorView.contentAttributes.of({ 'aria-label': language, spellcheck: 'false' }),
        placeholder(options.placeholder),
        autocompletion({
          override: [completeAtCaret(language, options.names)],
          // Enter runs what is written, until something of the list is chosen.
          selectOnOpen: false,
          maxRenderedOptions: 60,
          icons: false,
        }),
        linter(
          async ({ state }) => {
            const text = state.doc.toString();
            if (blamed?.text === text) return [blame(text, blamed.problem)];
            return checkText(options, text);
          },
          { delay: checkMs },
        ),
        errorAtCaret,
        tooltips({ position: 'fixed' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
        editorTheme,
      ],
    }),
  });
  return {
    write(text) {
      const { doc } = view.state;
      if (doc.length === text.length && doc.toString() === text) return;
      view.dispatch({ changes: { from: 0, to: doc.length, insert: text }, selection: { anchor: text.length } });
    },
    blame(problem) {
      view.contentDOM.ariaInvalid = problem ? 'true' : null;
      const text = view.state.doc.toString();
      blamed = problem && { text, problem };
      view.dispatch(setDiagnostics(view.state, problem ? [blame(text, problem)] : []));
    },
    focus: () => view.focus(),
    blur: () => view.contentDOM.blur(),
    select(from, to) {
      const end = view.state.doc.length;
      view.focus();
      view.dispatch({ selection: { anchor: Math.min(from, end), head: Math.min(to, end) }, scrollIntoView: true });
    },
    remove: () => view.destroy(),
  };
}

/** Takes the chosen one of the list, or its first. */
function acceptFirst(view: EditorView): boolean {
  if (completionStatus(view.state) !== 'active') return false;
  if (acceptCompletion(view)) return true;
  view.dispatch({ effects: setSelectedCompletion(0) });
  return acceptCompletion(view);
}

/** What reads the whole text on every key: of one that is longer than any query it is left out, and only a part of its line drawn. */
function bySize(language: LRLanguage, length: number): Extension {
  const part = new Compartment();
  const whole = [EditorView.lineWrapping, bracketMatching(), language];
  return [
    part.of(length > mostChecked ? [] : whole),
    EditorState.transactionExtender.of(({ startState, newDoc }) => {
      const isLong = newDoc.length > mostChecked;
      if (isLong === startState.doc.length > mostChecked) return null;
      return { effects: part.reconfigure(isLong ? [] : whole) };
    }),
  ];
}

/** What the grammar sees is said at once; else the backend is asked, over a window without anything in it. */
async function checkText({ language, check }: EditorOptions, text: string): Promise<Diagnostic[]> {
  if (text.length > mostChecked || text.trim() === '') return [];
  // Not the editor's own tree: that one ends early where the machine was busy, as if the text did.
  const mistake = findMistake(language, languages[language].parser.parse(text), text);
  if (mistake) return [{ ...mistake, severity: 'error' }];
  const refused = await check(text);
  // What only is not finished is none yet.
  const isOpen = refused?.position === undefined || refused.position >= text.trimEnd().length;
  return refused && !isOpen ? [atPlace(text, refused)] : [];
}

function blame(text: string, problem: QueryBlame): Diagnostic {
  return { ...atPlace(text, problem), markClass: saidElsewhere };
}

function atPlace(text: string, { message, position }: QueryBlame): Diagnostic {
  const end = text.length;
  const from = Math.min(position ?? 0, Math.max(0, end - 1));
  const word = /^[\w.:]+/.exec(text.slice(from))?.[0].length ?? 1;
  return { from, to: position === undefined ? end : Math.min(end, from + word), severity: 'error', message };
}
