'use strict';
(() => {
  const RANK = ['blocking', 'major', 'minor'];
  const all = (selector, within) => [...within.querySelectorAll(selector)];
  const numbers = (text) => (text ? text.split(' ').map(Number) : []);
  const wide = matchMedia('(min-width: 1280px)');

  /** One draft: its marks, its findings, and the way between them. */
  class Review {
    constructor(root) {
      this.root = root;
      this.number = root.id.slice(1);
      this.cards = new Map();
      this.marks = new Map();
      this.shown = [];
      this.current = 0;
      this.form = root.querySelector('.filters');
      for (const button of all('button[disabled]', root)) button.disabled = false;
      this.toggleContents(wide.matches);
    }

    /** Index the page when it is first looked at: a run may hold many drafts. */
    start() {
      if (this.cards.size || !this.form) return;
      for (const card of all('.card', this.root)) this.cards.set(Number(card.id.split('-')[1]), card);
      for (const mark of all('mark[data-n]', this.root)) {
        for (const number of numbers(mark.dataset.n)) {
          if (!this.marks.has(number)) this.marks.set(number, []);
          this.marks.get(number).push(mark);
        }
      }
      this.shown = [...this.cards.keys()];
      this.listen();
    }

    listen() {
      this.root.addEventListener('click', (event) => this.click(event));
      this.form.addEventListener('input', () => this.filter());
      this.form.addEventListener('submit', (event) => event.preventDefault());
      this.form.addEventListener('reset', () => {
        for (const button of all('.counts [data-s]', this.root)) button.setAttribute('aria-pressed', 'true');
        setTimeout(() => this.filter());
      });
    }

    ref(number) {
      return document.getElementById(`r${this.number}-${number}`);
    }

    click(event) {
      const target = event.target;
      const severity = target.closest('.counts [data-s]');
      if (severity) return this.toggle(severity);
      if (target.closest('.toggle')) return this.toggleContents();
      const tab = target.closest('.tabs [data-view]');
      if (tab) return this.view(tab.dataset.view);
      const link = target.closest('a');
      if (link) return this.follow(link, event);
      if (!getSelection().isCollapsed) return undefined; // someone is copying words
      const mark = target.closest('mark[data-n]');
      if (mark) return this.select(this.among(mark), 'card');
      const card = target.closest('.card');
      if (card) return this.select(Number(card.id.split('-')[1]), 'draft');
      return undefined;
    }

    follow(link, event) {
      const [, kind, number] = /^#([rfpw])\d+-?(\d*)$/.exec(link.getAttribute('href') || '') || [];
      if (!kind) return;
      if (kind === 'f' || kind === 'r') {
        event.preventDefault();
        this.select(Number(number), kind === 'f' ? 'card' : 'draft');
        return;
      }
      this.view('draft');
      if (!wide.matches) this.toggleContents(false);
    }

    /** Where clauses overlap, each click goes on to the next finding there. */
    among(mark) {
      const here = numbers(mark.dataset.w || mark.dataset.n).filter((number) => this.shown.includes(number));
      return here[(here.indexOf(this.current) + 1) % here.length];
    }

    select(number, to) {
      const card = this.cards.get(number);
      if (!card) return;
      this.deselect();
      this.current = number;
      card.classList.add('on');
      card.setAttribute('aria-current', 'true');
      const ref = this.ref(number);
      for (const mark of this.marks.get(number) || []) {
        mark.classList.add('on');
        mark.classList.toggle('said', numbers(mark.dataset.w).includes(number));
      }
      if (ref) ref.classList.add('on');
      if (to === 'draft') this.view(ref ? 'draft' : 'findings');
      if (to === 'card') this.view('findings');
      if (to === 'both' && this.root.dataset.view === 'toc') this.view('findings');
      this.reveal(card, ref);
      (to === 'draft' && ref ? ref : card).focus({ preventScroll: true });
      history.replaceState(null, '', `#f${this.number}-${number}`);
    }

    /** Twice: what is off the screen has an estimated height until it is laid out. */
    reveal(card, ref) {
      const scroll = () => {
        card.scrollIntoView({ block: 'nearest' });
        if (ref) ref.scrollIntoView({ block: 'center' });
      };
      scroll();
      requestAnimationFrame(scroll);
    }

    deselect() {
      for (const element of all('.on', this.root)) element.classList.remove('on', 'said');
      const card = this.cards.get(this.current);
      if (card) card.removeAttribute('aria-current');
      this.current = 0;
    }

    step(by) {
      if (!this.shown.length) return;
      const at = this.shown.indexOf(this.current);
      const after = this.shown.findIndex((number) => number > this.current);
      const next = at >= 0 ? at + by : by > 0 ? after : (after < 0 ? this.shown.length : after) - 1;
      this.select(this.shown[Math.max(0, Math.min(next, this.shown.length - 1))], 'both');
    }

    toggle(button) {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
      this.filter();
    }

    toggleContents(open) {
      const button = this.root.querySelector('.toggle');
      if (!button) return;
      const wanted = open === undefined ? button.getAttribute('aria-expanded') !== 'true' : open;
      button.setAttribute('aria-expanded', String(wanted));
      this.root.dataset.contents = wanted ? 'open' : 'closed';
    }

    view(name) {
      this.root.dataset.view = name;
      for (const tab of all('.tabs [data-view]', this.root)) {
        tab.setAttribute('aria-pressed', String(tab.dataset.view === name));
      }
    }

    filter() {
      const pressed = all('.counts [data-s][aria-pressed="true"]', this.root).map((button) => button.dataset.s);
      const { text, pack, state } = Object.fromEntries(new FormData(this.form));
      const words = text.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (card) =>
        pressed.includes(card.dataset.s) &&
        (!pack || card.dataset.p === pack) &&
        (!state || card.dataset.t === state) &&
        words.every((word) => card.textContent.toLowerCase().includes(word));
      this.shown = [];
      for (const [number, card] of this.cards) {
        card.hidden = !fits(card);
        if (!card.hidden) this.shown.push(number);
      }
      this.repaint();
      const few = this.shown.length < this.cards.size;
      this.root.classList.toggle('filtered', few);
      this.form.querySelector('.status').textContent = few
        ? `显示 ${this.shown.length} / ${this.cards.size} 处问题`
        : `${this.cards.size} 处问题`;
      this.form.querySelector('[type=reset]').hidden = !few;
      if (this.cards.size) this.root.querySelector('.empty').hidden = this.shown.length > 0;
    }

    /** A mark takes the gravest severity among the findings that are still shown. */
    repaint() {
      const shown = new Set(this.shown);
      const gravest = (list) =>
        RANK[Math.min(...list.filter((n) => shown.has(n)).map((n) => RANK.indexOf(this.cards.get(n).dataset.s)))];
      for (const mark of all('mark[data-n]', this.root)) {
        const speaking = gravest(numbers(mark.dataset.w));
        const severity = speaking || gravest(numbers(mark.dataset.n));
        mark.classList.remove(...RANK, 'clause');
        if (severity) mark.classList.add(severity);
        mark.classList.toggle('clause', Boolean(severity) && !speaking);
      }
      for (const number of this.cards.keys()) {
        const ref = this.ref(number);
        if (ref) ref.hidden = !shown.has(number);
      }
    }

    clear() {
      if (this.root.classList.contains('filtered')) this.form.reset();
      else this.deselect();
    }
  }

  document.documentElement.classList.add('js');
  document.addEventListener('DOMContentLoaded', () => {
    const reviews = all('.review', document).map((root) => new Review(root));
    const chooser = document.querySelector('.switch select');
    const help = document.getElementById('help');
    const keys = help.querySelector('.keys input');
    let active = reviews[0];

    const show = (review) => {
      active = review;
      for (const other of reviews) other.root.hidden = other !== review;
      if (chooser) chooser.value = review.root.id;
      review.start();
    };
    const open = () => {
      const [, kind, draft, number] = /^#([dfprw])(\d+)(?:-(\d+))?$/.exec(location.hash) || [];
      const review = reviews.find((one) => one.number === draft);
      show(review || active);
      if (review && (kind === 'f' || kind === 'r')) review.select(Number(number), kind === 'f' ? 'both' : 'draft');
      else if (review && kind !== 'd') document.getElementById(location.hash.slice(1))?.scrollIntoView();
    };
    open();
    addEventListener('hashchange', open);
    if (chooser) {
      chooser.addEventListener('change', () => {
        location.hash = chooser.value;
      });
    }

    for (const button of all('button.help', document)) button.addEventListener('click', () => help.showModal());
    help.querySelector('.close').addEventListener('click', () => help.close());

    const actions = {
      j: () => active.step(1),
      k: () => active.step(-1),
      '/': () => active.view('findings') || active.form.elements.text.select(),
      '?': () => help.showModal(),
      ArrowDown: (focus) => focus.closest('.card') && (active.step(1) || true),
      ArrowUp: (focus) => focus.closest('.card') && (active.step(-1) || true),
      Enter: (focus) => focus.matches('.card') && (active.select(active.current, 'draft') || true),
    };
    RANK.forEach((severity, index) => {
      actions[index + 1] = () => active.toggle(active.root.querySelector(`.counts [data-s=${severity}]`));
    });
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open || !active.form) return;
      if (event.key === 'Escape') {
        if (event.target.matches('input')) event.target.blur();
        active.clear();
        return;
      }
      const single = event.key.length === 1;
      if (event.target.matches('input, select') || !(event.key in actions) || (single && !keys.checked)) return;
      if (actions[event.key](event.target) !== false) event.preventDefault();
    });
  });
})();
