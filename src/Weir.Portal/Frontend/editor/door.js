// The editor is its own file, loaded on pages that have one. Until it is there the text area works; it keeps holding the text that .NET reads.
const editors = new Map();

export async function create(id, dotnet, catalogue) {
  const area = document.getElementById(id);
  if (!area) {
    return;
  }

  const { Editor } = await import('./editor.js');
  editors.get(id)?.dispose();
  editors.set(id, new Editor(area, dotnet, catalogue));
}

export function show(id, problems) {
  editors.get(id)?.show(problems);
}

export function setText(id, text) {
  editors.get(id)?.setText(text);
}

export function goTo(id, line, column) {
  editors.get(id)?.goTo(line, column);
}

export function dispose(id) {
  editors.get(id)?.dispose();
  editors.delete(id);
}
