// What can stand here: tables at the start, operators after a pipe, else columns of the tables that are named, functions and words.
const infixes = ['and', 'or', 'by', 'in', 'in~', '!in', 'has', '!has', 'has_any', 'has_all', 'contains', '!contains', 'startswith', 'endswith', 'between', 'matches regex', 'asc', 'desc'];

export function completions(catalogue) {
  const operators = catalogue.operators.map(name => ({ label: name, type: 'keyword', boost: 2 }));
  const tables = catalogue.tables.map(table => ({ label: table.name, type: 'class', detail: 'table', boost: 1 }));
  const scalars = catalogue.functions.filter(known => !known.isAggregate).map(ofFunction);
  const aggregates = catalogue.functions.filter(known => known.isAggregate).map(ofFunction);
  const words = infixes.map(label => ({ label, type: 'keyword' }));
  const byName = new Map(catalogue.tables.map(table => [table.name, table]));
  return context => {
    const word = context.matchBefore(/[\w$-]*/);
    const before = context.state.doc.sliceString(0, word.from);
    const statement = before.slice(before.lastIndexOf(';') + 1);
    if (!context.explicit && word.from === word.to && !/[|(]\s?$/.test(before)) {
      return null;
    }

    if (/(^|\()\s*$/.test(statement.replace(/\/\/.*/g, '')) && !/[\w$]\($/.test(statement)) {
      return answer(word.from, [...tables, { label: 'let', type: 'keyword' }, { label: 'union', type: 'keyword' }, { label: 'print', type: 'keyword' }]);
    }

    if (/\|\s*$/.test(statement)) {
      return answer(word.from, operators);
    }

    const named = [...statement.matchAll(/\b[A-Za-z]\w+\b/g)].map(match => byName.get(match[0])).filter(Boolean);
    const seen = new Map();
    for (const table of named.length > 0 ? named : catalogue.tables) {
      for (const column of table.columns) {
        seen.set(column.name, { label: column.name, type: 'property', detail: column.type, boost: 3 });
      }
    }

    for (const match of statement.matchAll(/\b([A-Za-z_]\w*)\s*=(?![=~])/g)) {
      seen.set(match[1], { label: match[1], type: 'variable', boost: 3 });
    }

    const inSummarize = /\|\s*(summarize|make-series|top-hitters)\b[^|]*$/.test(statement);
    return answer(word.from, [...seen.values(), ...(inSummarize ? aggregates : []), ...scalars, ...words, ...(/\b(join|union|lookup|in)\b[^|]*$/.test(statement) ? tables : [])]);
  };
}

function ofFunction(known) {
  return { label: known.name, type: 'function', detail: known.signature.slice(known.name.length), apply: `${known.name}(` };
}

function answer(from, options) {
  return { from, options, validFor: /^[\w$-]*$/ };
}
