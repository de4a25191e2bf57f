// Which rows are chosen: some by index, or all that match except some.
export class Selection {
  constructor(changed) {
    this.changed = changed;
    this.reset(0);
  }

  reset(total) {
    this.total = total;
    this.all = false;
    this.some = new Set();
    this.anchor = 0;
  }

  has(index) {
    return this.all !== this.some.has(index);
  }

  get count() {
    return this.all ? this.total - this.some.size : this.some.size;
  }

  toggle(index) {
    this.some.has(index) ? this.some.delete(index) : this.some.add(index);
    this.anchor = index;
    this.changed();
  }

  range(to) {
    // At most 10,000 at a time: beyond that "all matching" is what is meant.
    const [low, high] = this.anchor < to ? [this.anchor, to] : [to, this.anchor];
    this.all = false;
    this.some = new Set();
    for (let index = low; index <= Math.min(high, low + 9_999); index++) {
      this.some.add(index);
    }

    this.changed();
  }

  everything() {
    this.all = true;
    this.some = new Set();
    this.changed();
  }

  clear() {
    this.all = false;
    this.some = new Set();
    this.changed();
  }

  toJSON() {
    return { all: this.all, count: this.count, indexes: [...this.some] };
  }
}
