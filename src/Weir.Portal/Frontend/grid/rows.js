// Builds and fills row elements. Text goes in as text, never as markup.
const tick = '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2.5 6.5 5 9l4.5-5.5"/></svg>';

function element(name, className, role) {
  const made = document.createElement(name);
  made.className = className;
  if (role) {
    made.setAttribute('role', role);
  }

  return made;
}

export function box(label) {
  const cell = element('div', 'grid-cell box', 'gridcell');
  const mark = element('span', 'tick');
  mark.innerHTML = tick;
  const words = element('span', 'visually-hidden');
  words.textContent = label;
  cell.append(mark, words);
  return cell;
}

export function createRow(columns) {
  const row = element('div', 'grid-row', 'row');
  row.append(box('Select'));
  columns.forEach((column, index) => {
    const cell = element('div', `grid-cell ${column.kind}`, 'gridcell');
    cell.setAttribute('aria-colindex', index + 2);
    row.append(cell);
  });
  return row;
}

const icons = {
  malware: 'M6 1.5v2M6 8.5v2M2 3.5l1.5 1M10 3.5l-1.5 1M1.5 6.5H3M10.500 6.500H9M3.500 5.500a2.500 2.500 0 0 1 5 0v1a2.500 2.500 0 0 1-5 0z',
  hcphish: 'M6 1.500 11 10.500H1zM6 5v2.500M6 9v.2',
  phish: 'M8.500 1.500v5.500a2.500 2.500 0 0 1-5 0V5.500L5.500 7.500',
  spam: 'M2 2l8 8M6 1.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z',
  clean: 'M2.500 6.500 5 9l4.500-5.500',
};

function pill(value) {
  const at = value.indexOf('|');
  const [kind, text] = [value.slice(0, at), value.slice(at + 1)];
  const made = element('span', `pill ${kind}`);
  if (icons[kind]) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 12 12');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', icons[kind]);
    svg.append(path);
    made.append(svg);
  }

  const label = element('span', '');
  label.textContent = text;
  made.append(label);
  made.title = text;
  return made;
}

// An address, a line end, and the text; without an address it is text alone. Only addresses of this site are links.
function linked(value) {
  const at = value.indexOf('\n');
  const [address, text] = [value.slice(0, at), value.slice(at + 1)];
  const made = element(address ? 'a' : 'span', 'text');
  if (address.startsWith('/') && !address.startsWith('//')) {
    made.href = address;
    made.tabIndex = -1;
  }

  made.textContent = text;
  made.title = text;
  return made;
}

export function fillRow(row, columns, values) {
  row.classList.toggle('waiting', !values);
  columns.forEach((column, index) => {
    const cell = row.children[index + 1];
    const value = values ? values[index] : null;
    if (cell.shown === value) {
      return;
    }

    cell.shown = value;
    if (value === null) {
      cell.replaceChildren(element('span', 'bar'));
    } else if (column.kind === 'badge' && value) {
      cell.replaceChildren(pill(value));
    } else if (column.links) {
      cell.replaceChildren(linked(value));
    } else {
      const text = element('span', 'text');
      const at = column.kind === 'address' ? value.lastIndexOf('@') : -1;
      if (at > 0) {
        const [local, domain] = [element('span', 'local'), element('span', 'domain')];
        local.textContent = value.slice(0, at);
        domain.textContent = value.slice(at);
        text.append(local, domain);
      } else {
        text.textContent = value;
      }

      text.title = value;
      cell.replaceChildren(text);
    }
  });
}
