// Rows by page from the server, the newest 60 pages kept. Wanted pages are asked for when scrolling pauses; the latest wish goes first.
export class Pages {
  constructor(dotnet, size, arrived) {
    this.dotnet = dotnet;
    this.size = size;
    this.arrived = arrived;
    this.reset(0);
  }

  reset(version) {
    this.version = version;
    this.pages = new Map();
    this.asked = new Set();
    this.wanted = [];
    clearTimeout(this.timer);
  }

  row(index) {
    return this.pages.get(Math.floor(index / this.size))?.[index % this.size];
  }

  put(page, rows) {
    this.pages.delete(page);
    this.pages.set(page, rows);
    if (this.pages.size > 60) {
      this.pages.delete(this.pages.keys().next().value);
    }
  }

  want(first, last, moving) {
    this.wanted = [];
    for (let page = Math.floor(first / this.size); page <= Math.floor(last / this.size); page++) {
      if (!this.pages.has(page)) {
        this.wanted.push(page);
      }
    }

    if (this.wanted.length > 0) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), moving ? 50 : 0);
    }
  }

  ask() {
    for (const page of this.wanted) {
      if (!this.asked.has(page) && this.asked.size < 2) {
        this.fetch(page, this.version);
      }
    }
  }

  async fetch(page, version) {
    this.asked.add(page);
    try {
      const rows = await this.dotnet.invokeMethodAsync('LoadPage', version, page);
      if (version === this.version && rows) {
        this.put(page, rows);
        this.arrived();
      }
    } finally {
      this.asked.delete(page);
      if (version === this.version) {
        this.wanted = this.wanted.filter(wish => !this.pages.has(wish) && wish !== page);
        this.ask();
      }
    }
  }
}
