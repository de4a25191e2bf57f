// The keyboard of the grid (WAI-ARIA grid pattern with one tab stop).
export function onKey(grid, event) {
  if (event.altKey || event.metaKey) {
    return;
  }

  const page = Math.max(1, Math.floor(grid.view / grid.rowHeight) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  const handled = grid.active < 0 ? inHead(grid, event) : inRows(grid, event, steps);
  if (handled) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function inRows(grid, event, steps) {
  const control = event.ctrlKey;
  if (event.key in steps && !control) {
    if (event.key === 'ArrowUp' && grid.active === 0 && !event.shiftKey) {
      grid.active = -1;
      grid.activeColumn = 1;
      showHead(grid);
      return true;
    }

    const ranging = event.shiftKey && grid.selectable;
    if (ranging && grid.selection.some.size === 0) {
      grid.selection.anchor = grid.active;
    }

    grid.activate(grid.active + steps[event.key]);
    if (ranging) {
      grid.selection.range(grid.active);
    }

    return true;
  }

  switch (event.key) {
    case 'Home':
    case 'End':
      if (control) {
        grid.activate(event.key === 'Home' ? 0 : grid.total - 1);
      } else {
        grid.root.scrollLeft = event.key === 'Home' ? 0 : grid.root.scrollWidth;
      }

      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
      grid.root.scrollLeft += event.key === 'ArrowLeft' ? -80 : 80;
      return true;
    case ' ':
      if (!grid.selectable) {
        grid.open(grid.active);
      } else if (grid.pages.row(grid.active)) {
        grid.selection.toggle(grid.active);
      }

      return true;
    case 'Enter':
      if (control || event.shiftKey) {
        return false;
      }

      grid.open(grid.active);
      return true;
    case 'a':
      if (control && grid.selectable) {
        grid.selection.everything();
      }

      return control && grid.selectable;
    default:
      return false;
  }
}

function inHead(grid, event) {
  const count = grid.columns.length;
  switch (event.key) {
    case 'ArrowDown':
      grid.activate(0);
      showHead(grid);
      return true;
    case 'ArrowLeft':
      grid.activeColumn = Math.max(grid.selectable ? 0 : 1, grid.activeColumn - 1);
      showHead(grid);
      return true;
    case 'ArrowRight':
      grid.activeColumn = Math.min(count, grid.activeColumn + 1);
      showHead(grid);
      return true;
    case 'Enter':
    case ' ':
      if (grid.activeColumn === 0) {
        grid.toggleAll();
      } else if (grid.columns[grid.activeColumn - 1].sortable) {
        grid.sort(grid.columns[grid.activeColumn - 1].id);
      }

      return true;
    default:
      return false;
  }
}

function showHead(grid) {
  const cells = grid.head.querySelectorAll('[role="columnheader"]');
  cells.forEach((cell, index) => cell.classList.toggle('active', grid.active < 0 && index === grid.activeColumn));
  if (grid.active < 0) {
    cells[grid.activeColumn]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  grid.render();
}
