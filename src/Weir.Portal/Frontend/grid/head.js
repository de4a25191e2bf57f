// The head row: titles, sort direction, and the box that selects everything.
import { box } from './rows.js';

const arrow = { ascending: 'M6 10V2M3 5l3-3 3 3', descending: 'M6 2v8M3 7l3 3 3-3' };

export function createHead(grid, columns) {
  const group = document.createElement('div');
  group.setAttribute('role', 'rowgroup');
  group.className = 'grid-head-group';
  const head = document.createElement('div');
  head.className = 'grid-head';
  head.setAttribute('role', 'row');
  head.setAttribute('aria-rowindex', '1');
  const all = box('Select all matching');
  all.setAttribute('role', 'columnheader');
  all.dataset.all = 'true';
  all.id = `${grid.root.id}-head-0`;
  head.append(all);
  columns.forEach((column, index) => {
    const cell = document.createElement('div');
    cell.id = `${grid.root.id}-head-${index + 1}`;
    cell.setAttribute('role', 'columnheader');
    cell.setAttribute('aria-colindex', index + 2);
    cell.className = column.kind === 'number' ? 'number' : '';
    cell.append(column.title);
    if (column.hint) {
      cell.title = column.hint;
    }

    if (column.sortable) {
      cell.dataset.sort = column.id;
      cell.setAttribute('aria-sort', 'none');
    }

    head.append(cell);
  });
  group.append(head);
  return group;
}

export function showSort(head, sort, descending) {
  for (const cell of head.querySelectorAll('[data-sort]')) {
    cell.querySelector('svg')?.remove();
    const direction = cell.dataset.sort === sort ? (descending ? 'descending' : 'ascending') : 'none';
    cell.setAttribute('aria-sort', direction);
    if (direction !== 'none') {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('viewBox', '0 0 12 12');
      svg.setAttribute('class', 'icon arrow');
      svg.setAttribute('aria-hidden', 'true');
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', arrow[direction]);
      svg.append(path);
      cell.append(svg);
    }
  }
}
