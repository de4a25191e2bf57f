// The door to the grid: one instance per element, called by name from .NET.
import { Grid } from './grid/grid.js';

const grids = new Map();

export function create(id, dotnet, options) {
  grids.get(id)?.dispose();
  grids.set(id, new Grid(document.getElementById(id), dotnet, options));
}

export function show(id, options) {
  grids.get(id)?.show(options);
}

export function refresh(id, options) {
  grids.get(id)?.refresh(options);
}

export function isAtTop(id) {
  return (grids.get(id)?.top ?? 0) < 1;
}

export function setBusy(id, busy) {
  grids.get(id)?.setBusy(busy);
}

export function setOpen(id, index) {
  grids.get(id)?.setOpen(index);
}

export function focus(id) {
  grids.get(id)?.focus();
}

export function clearSelection(id) {
  grids.get(id)?.selection.clear();
}

export function dispose(id) {
  grids.get(id)?.dispose();
  grids.delete(id);
}
