// Colours of KQL. What a name is comes from the engine's own catalogue.
import { StreamLanguage } from '@codemirror/language';

const joining = ['and', 'or', 'not', 'by', 'on', 'kind', 'in', 'has', 'contains', 'startswith', 'endswith', 'between', 'asc', 'desc', 'nulls', 'first', 'last', 'let', 'true', 'false',
  'with', 'step', 'from', 'to', 'default', 'of', 'matches', 'regex', 'has_any', 'has_all', 'hasprefix', 'hassuffix', 'has_cs', 'contains_cs', 'startswith_cs', 'endswith_cs', 'hasprefix_cs', 'hassuffix_cs', 'typeof', 'datatable', 'print', 'range'];

export function kql(catalogue) {
  const operators = new Set([...catalogue.operators, ...joining]);
  const tables = new Set(catalogue.tables.map(table => table.name));
  const columns = new Set(catalogue.tables.flatMap(table => table.columns.map(column => column.name)));
  return StreamLanguage.define({
    name: 'kql',
    languageData: { commentTokens: { line: '//' }, closeBrackets: { brackets: ['(', '[', '{', "'", '"'] } },
    token(stream) {
      if (stream.eatSpace()) {
        return null;
      }

      if (stream.match(/^\/\/.*/)) {
        return 'comment';
      }

      if (stream.match(/^[hH]?@"(?:[^"]|"")*"?/) || stream.match(/^[hH]?@'(?:[^']|'')*'?/) || stream.match(/^[hH]?"(?:[^"\\]|\\.)*"?/) || stream.match(/^[hH]?'(?:[^'\\]|\\.)*'?/)) {
        return 'string';
      }

      if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?:d|h|m|s|ms|microsecond|tick)?\b/)) {
        return 'number';
      }

      const word = stream.match(/^[A-Za-z_$][\w$]*(?:-[a-z]+)*/);
      if (!word) {
        stream.next();
        return null;
      }

      const whole = word[0];
      if (operators.has(whole)) {
        return 'keyword';
      }

      // A hyphen belongs to a few operators only; elsewhere it is minus.
      const name = /^[\w$]+/.exec(whole)[0];
      stream.backUp(whole.length - name.length);
      if (operators.has(name) || (stream.peek() === '~' && operators.has(name))) {
        return 'keyword';
      }

      return tables.has(name) ? 'typeName' : stream.match(/^\s*\(/, false) ? 'variableName.function' : columns.has(name) ? 'propertyName' : null;
    },
  });
}
