// A KQL editor (CodeMirror) over a text area. It lives in a shadow root: there its style sheets are adopted, which the page's policy allows.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { completions } from './completions.js';
import { kql } from './kql.js';

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.typeName, color: 'var(--phish)', fontWeight: '600' },
  { tag: tags.function(tags.variableName), color: 'var(--running)' },
  { tag: tags.string, color: 'var(--clean)' },
  { tag: tags.number, color: 'var(--medium)' },
  { tag: tags.comment, color: 'var(--text3)', fontStyle: 'italic' },
  { tag: tags.propertyName, color: 'var(--text)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', font: '400 12px/20px var(--mono)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: '400 12px/20px var(--mono)', fontVariantLigatures: 'none' },
  '.cm-content': { caretColor: 'var(--text)', padding: '6px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text3)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--selected)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selected)', color: 'inherit' },
  '.cm-placeholder': { color: 'var(--text3)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line2)', borderRadius: '6px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: '400 12px/20px var(--mono)', maxHeight: '220px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--selected)', color: 'var(--text)' },
  '.cm-completionDetail': { color: 'var(--text3)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-diagnostic': { font: '400 13px/20px var(--font)', padding: '4px 8px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--high)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--medium)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--high)', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--medium)', textUnderlineOffset: '3px' },
});

// Chromium gives typed text that replaces a selection an inline style, which the page's policy forbids and reports.
function replaceSelection(event, view) {
  if (event.inputType !== 'insertText' || !event.data || view.state.selection.main.empty || /["'([{]/.test(event.data)) {
    return false;
  }

  view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
  event.preventDefault();
  return true;
}

export class Editor {
  constructor(area, dotnet, catalogue) {
    this.area = area;
    this.dotnet = dotnet;
    this.host = document.createElement('div');
    this.host.className = 'editor';
    this.host.dataset.testid = 'editor';
    const root = this.host.attachShadow({ mode: 'open' });
    area.after(this.host);
    const hadFocus = document.activeElement === area;
    area.hidden = true;
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: area.value,
        extensions: [
          lineNumbers(), history(), drawSelection(), highlightSpecialChars(), highlightActiveLine(), bracketMatching(), closeBrackets(), indentOnInput(),
          EditorView.lineWrapping,
          placeholder(area.placeholder),
          kql(catalogue),
          syntaxHighlighting(colours),
          autocompletion({ override: [completions(catalogue)], icons: false }),
          // Tab leaves the editor: a keyboard must not be caught in it (WCAG 2.1.2).
          keymap.of([{ key: 'Mod-Enter', run: () => this.run() }, { key: 'Shift-Enter', run: () => this.run() }, ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
          look,
          EditorView.contentAttributes.of({ 'aria-label': area.getAttribute('aria-label') ?? 'Query' }),
          EditorView.domEventHandlers({ beforeinput: replaceSelection }),
          EditorView.updateListener.of(update => update.docChanged && this.changed()),
        ],
      }),
    });
    if (hadFocus) {
      this.view.focus();
    }

    this.check();
  }

  run() {
    document.querySelector('[data-shortcut="run"]')?.click();
    return true;
  }

  changed() {
    this.area.value = this.view.state.doc.toString();
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), 350);
  }

  async check() {
    const text = this.view.state.doc.toString();
    const problems = await this.dotnet.invokeMethodAsync('Check', text);
    if (this.view.state.doc.toString() === text) {
      this.show(problems);
    }
  }

  show(problems) {
    const { doc } = this.view.state;
    this.view.dispatch(setDiagnostics(this.view.state, problems.map(problem => {
      const from = this.at(problem.line, problem.column);
      const word = /^[\w$-]+/.exec(doc.sliceString(from, from + 100))?.[0].length ?? 1;
      return { from, to: Math.min(doc.length, from + word), severity: problem.isError ? 'error' : 'warning', message: problem.message };
    })));
  }

  at(line, column) {
    const { doc } = this.view.state;
    const row = doc.line(Math.max(1, Math.min(line, doc.lines)));
    return Math.min(row.from + Math.max(0, column - 1), row.to);
  }

  goTo(line, column) {
    const at = this.at(line, column);
    this.view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    this.view.focus();
  }

  setText(text) {
    if (text !== this.view.state.doc.toString()) {
      this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    }
  }

  dispose() {
    clearTimeout(this.timer);
    this.view.destroy();
    this.host.remove();
    this.area.hidden = false;
  }
}
