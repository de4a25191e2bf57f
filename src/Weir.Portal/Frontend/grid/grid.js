// A grid of up to millions of rows: one tab stop, rows of one height, scaled scrolling, pages on demand.
import { createHead, showSort } from './head.js';
import { onKey } from './keys.js';
import { Pages } from './pages.js';
import { createRow, fillRow } from './rows.js';
import { Selection } from './selection.js';

// Chromium gives up at 33,554,432 px, Firefox at about 17.9 million.
const tallest = 12_000_000;
const overscan = 6;

export class Grid {
  constructor(root, dotnet, options) {
    this.root = root;
    this.dotnet = dotnet;
    this.selectable = options.selectable !== false;
    root.classList.toggle('plain', !this.selectable);
    this.selection = new Selection(() => this.selectionChanged());
    this.pages = new Pages(dotnet, options.pageSize, () => this.render());
    this.active = 0;
    this.openIndex = -1;
    this.top = 0;
    this.elements = new Map();
    this.abort = new AbortController();
    const { signal } = this.abort;
    root.addEventListener('scroll', () => this.scrolled(), { signal, passive: true });
    root.addEventListener('wheel', event => this.wheel(event), { signal, passive: false });
    root.addEventListener('keydown', event => onKey(this, event), { signal });
    root.addEventListener('click', event => this.clicked(event), { signal });
    root.addEventListener('dblclick', event => this.rowOf(event) >= 0 && this.open(this.rowOf(event)), { signal });
    root.addEventListener('focus', () => root.classList.add('has-focus'), { signal });
    root.addEventListener('blur', () => root.classList.remove('has-focus'), { signal });
    document.addEventListener('weir:preference', () => this.layOut(), { signal });
    this.resize = new ResizeObserver(() => this.layOut());
    this.resize.observe(root);
    this.show(options);
  }

  /** New rows, new columns or both. `keep` leaves position and selection as they are. */
  show({ columns, total, version, sort, descending, first, keep }) {
    this.columns = columns;
    this.total = total;
    this.pages.reset(version);
    if (!keep) {
      this.selection.reset(total);
      this.active = 0;
      this.openIndex = -1;
    }

    this.selection.total = total;
    this.elements.clear();
    this.head = createHead(this, columns);
    this.space = document.createElement('div');
    this.space.className = 'grid-space';
    this.space.setAttribute('role', 'rowgroup');
    this.rows = document.createElement('div');
    this.rows.className = 'grid-rows';
    this.rows.setAttribute('role', 'presentation');
    this.space.append(this.rows);
    this.root.replaceChildren(this.head, this.space);
    showSort(this.head, sort, descending);
    this.root.setAttribute('aria-rowcount', total + 1);
    this.root.setAttribute('aria-colcount', columns.length + 1);
    this.arrange();
    if (first) {
      this.pages.put(0, first);
    }

    if (!keep) {
      this.top = 0;
      this.root.scrollTop = 0;
    }

    this.setBusy(false);
    this.layOut();
  }

  /** The rows as they are now; what is in view stays until its new text is there. */
  refresh({ total, version, first }) {
    this.total = total;
    this.pages.reset(version);
    this.selection.reset(total);
    this.root.setAttribute('aria-rowcount', total + 1);
    this.pages.put(0, first);
    this.layOut();
  }

  /** Places the columns. Where only two fit beside the box, these are the threat and the subject. */
  arrange() {
    this.narrow = this.root.clientWidth > 0 && this.root.clientWidth < 560;
    const rank = column => ({ badge: 0, subject: 1 })[column.kind] ?? 2;
    const order = this.columns.map((_, index) => index);
    if (this.narrow) {
      order.sort((one, other) => rank(this.columns[one]) - rank(this.columns[other]) || one - other);
    }

    const widths = order.map(index => this.narrow && this.columns[index].kind === 'badge' ? '112px' : this.columns[index].width);
    this.places = [];
    order.forEach((index, place) => { this.places[index] = place + 1; });
    this.root.style.setProperty('--columns', `${this.selectable ? '36px ' : ''}${widths.join(' ')}`);
    this.root.style.setProperty('--narrowest', `${56 + widths.reduce((sum, width) => sum + parseFloat(/\d+/.exec(width)[0]), 0)}px`);
    this.place(this.head.firstElementChild);
    this.elements.forEach(row => this.place(row));
  }

  /** The cells of a row, or of the head, go where their columns are. */
  place(row) {
    this.places.forEach((place, index) => { row.children[index + 1].style.order = place; });
  }

  setBusy(busy) {
    this.root.parentElement.classList.toggle('is-busy', busy);
    this.root.parentElement.classList.toggle('is-stale', busy && this.total > 0);
    this.root.setAttribute('aria-busy', String(busy));
  }

  layOut() {
    if (this.narrow !== (this.root.clientWidth > 0 && this.root.clientWidth < 560)) {
      this.arrange();
    }

    this.rowHeight = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) || 32;
    this.view = Math.max(0, this.root.clientHeight - this.head.offsetHeight);
    this.full = this.total * this.rowHeight;
    const height = Math.min(this.full, tallest);
    this.ratio = height > this.view ? Math.max(1, (this.full - this.view) / (height - this.view)) : 1;
    this.space.style.height = `${height}px`;
    this.moveTo(this.top);
  }

  moveTo(top) {
    this.top = Math.max(0, Math.min(top, this.full - this.view));
    const target = this.top / this.ratio;
    if (Math.abs(this.root.scrollTop - target) >= 1) {
      this.root.scrollTop = target;
      this.placed = this.root.scrollTop;
    }

    this.render();
  }

  scrolled() {
    // A scroll that we made ourselves already knows its exact place.
    if (this.placed !== undefined && Math.abs(this.root.scrollTop - this.placed) < 1) {
      return;
    }

    this.placed = undefined;
    this.top = Math.max(0, Math.min(this.root.scrollTop * this.ratio, this.full - this.view));
    this.moving = true;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.render();
      this.moving = false;
    });
  }

  wheel(event) {
    if (this.ratio > 1 && event.deltaY && !event.ctrlKey && !event.shiftKey) {
      const step = event.deltaMode === 1 ? event.deltaY * this.rowHeight : event.deltaY;
      event.preventDefault();
      this.moving = true;
      this.moveTo(this.top + step);
      this.moving = false;
    }
  }

  render() {
    const first = Math.max(0, Math.floor(this.top / this.rowHeight) - overscan);
    const last = Math.min(this.total - 1, Math.ceil((this.top + this.view) / this.rowHeight) + overscan);
    for (const [index, element] of this.elements) {
      if (index < first || index > last) {
        element.remove();
        this.elements.delete(index);
      }
    }

    let before = null;
    for (let index = last; index >= first; index--) {
      let element = this.elements.get(index);
      if (!element) {
        element = createRow(this.columns);
        this.place(element);
        element.id = `${this.root.id}-row-${index}`;
        element.setAttribute('aria-rowindex', index + 2);
        element.dataset.index = index;
        this.elements.set(index, element);
      }

      fillRow(element, this.columns, this.pages.row(index));
      const chosen = this.selection.has(index);
      element.setAttribute('aria-selected', String(chosen));
      element.classList.toggle('open', index === this.openIndex);
      element.classList.toggle('active', index === this.active);
      if (element.nextSibling !== before || element.parentNode !== this.rows) {
        this.rows.insertBefore(element, before);
      }

      before = element;
    }

    this.rows.style.transform = `translateY(${this.root.scrollTop + first * this.rowHeight - this.top}px)`;
    this.describeActive();
    if (last >= first) {
      this.pages.want(Math.max(0, first), last, this.moving);
    }
  }

  describeActive() {
    const id = this.active >= 0 ? this.elements.get(this.active)?.id : `${this.root.id}-head-${this.activeColumn ?? 0}`;
    id ? this.root.setAttribute('aria-activedescendant', id) : this.root.removeAttribute('aria-activedescendant');
  }

  activate(index) {
    this.active = Math.max(0, Math.min(index, this.total - 1));
    const start = this.active * this.rowHeight;
    if (start < this.top) {
      this.moveTo(start);
    } else if (start + this.rowHeight > this.top + this.view) {
      this.moveTo(start + this.rowHeight - this.view);
    } else {
      this.render();
    }
  }

  open(index) {
    this.activate(index);
    this.dotnet.invokeMethodAsync('OpenRow', this.active);
  }

  sort(column) {
    this.dotnet.invokeMethodAsync('SortBy', column);
  }

  setOpen(index) {
    this.openIndex = index;
    index >= 0 ? this.activate(index) : this.render();
  }

  focus() {
    this.root.focus({ preventScroll: true });
  }

  rowOf(event) {
    const row = event.target.closest('.grid-row');
    return row ? Number(row.dataset.index) : -1;
  }

  clicked(event) {
    // A link in a cell leads where it says.
    if (event.target.closest('a')) {
      return;
    }

    const header = event.target.closest('[role="columnheader"]');
    if (header) {
      header.dataset.sort ? this.sort(header.dataset.sort) : header.dataset.all && this.toggleAll();
      return;
    }

    const index = this.rowOf(event);
    if (index < 0 || !this.pages.row(index)) {
      return;
    }

    this.active = index;
    if (!this.selectable) {
      this.open(index);
    } else if (event.target.closest('.box') || event.ctrlKey || event.metaKey) {
      event.shiftKey ? this.selection.range(index) : this.selection.toggle(index);
    } else if (event.shiftKey) {
      this.selection.range(index);
    } else if (event.target.closest('.grid-cell.subject .text') || this.openIndex >= 0) {
      this.open(index);
    } else {
      this.render();
    }
  }

  toggleAll() {
    this.selection.count > 0 ? this.selection.clear() : this.selection.everything();
  }

  selectionChanged() {
    this.head.querySelector('.tick')?.classList.toggle('on', this.selection.all);
    this.render();
    this.dotnet.invokeMethodAsync('SelectionChanged', this.selection.toJSON());
  }

  dispose() {
    this.abort.abort();
    this.resize.disconnect();
    clearTimeout(this.pages.timer);
  }
}
