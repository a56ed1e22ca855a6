// Runs inside the exported file alone: no imports, no network. Whatever telemetry says is set as text, never as markup.
(() => {
  const trace = JSON.parse(document.getElementById('trace').textContent);
  const { spans, services, duration } = trace;
  const rowHeight = 26;
  const rulerHeight = 22;
  const mostTicks = 6;
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const tree = document.getElementById('tree');
  const side = document.getElementById('side');
  const search = document.getElementById('search');
  const count = document.getElementById('count');
  const collapsed = new Set();
  let rows = [];
  let selected = -1;
  let found = new Set();

  const show = (nanoseconds) => {
    const units = [
      [1e9, 's'],
      [1e6, 'ms'],
      [1e3, 'µs'],
    ];
    const [size, unit] = units.find(([size]) => nanoseconds >= size) ?? [1, 'ns'];
    return `${Number((nanoseconds / size).toPrecision(3))} ${unit}`;
  };
  const offset = (nanoseconds) => (nanoseconds === 0 ? '+0' : `+${show(nanoseconds)}`);
  const colourOf = ({ service, failed }) => (failed ? 'var(--bad)' : `var(--service-${service})`);

  function layOut() {
    rows = [];
    for (let at = 0; at < spans.length; at += 1) {
      rows.push(at);
      if (collapsed.has(at)) at += spans[at].below;
    }
    canvas.style.height = `${rows.length * rowHeight}px`;
    draw();
  }

  function draw() {
    const first = Math.max(0, Math.floor(tree.scrollTop / rowHeight) - 10);
    const last = Math.min(rows.length, Math.ceil((tree.scrollTop + tree.clientHeight) / rowHeight) + 10);
    canvas.replaceChildren(...rows.slice(first, last).map((at, index) => drawRow(at, first + index)));
  }

  function drawRow(at, index) {
    const span = spans[at];
    const row = make('div', found.has(at) ? 'row found' : 'row');
    row.style.top = `${index * rowHeight}px`;
    row.setAttribute('role', 'treeitem');
    row.setAttribute('aria-level', String(span.depth + 1));
    row.setAttribute('aria-selected', String(at === selected));
    if (span.below > 0) row.setAttribute('aria-expanded', String(!collapsed.has(at)));
    row.addEventListener('click', () => select(at));

    const name = make('div', 'name');
    name.style.paddingLeft = `${6 + Math.min(span.depth, 16) * 14}px`;
    const fold = make('button', 'fold', span.below > 0 ? (collapsed.has(at) ? '▸' : '▾') : '');
    fold.tabIndex = -1;
    if (span.below > 0) {
      fold.setAttribute('aria-label', collapsed.has(at) ? 'Show what is below' : 'Hide what is below');
      fold.addEventListener('click', (event) => {
        event.stopPropagation();
        toggle(at);
      });
    }
    const mark = make('i');
    mark.style.background = colourOf(span);
    const parent = spans[span.parent];
    name.append(fold, mark);
    if (span.depth > 16) name.append(make('small', '', String(span.depth + 1)));
    if (!parent || parent.service !== span.service) name.append(make('small', '', services[span.service].name));
    name.append(make('b', span.failed ? 'bad' : '', `${span.failed ? '◆ ' : ''}${span.name}`));
    if (collapsed.has(at)) name.append(make('small', '', `+${span.below}`));

    const time = make('div', 'time');
    const bar = make('span', 'bar');
    const left = (span.start / duration) * 100;
    const right = ((span.start + span.duration) / duration) * 100;
    bar.style.left = `${left}%`;
    bar.style.width = `${right - left}%`;
    bar.style.background = colourOf(span);
    const label = make('span', 'label', span.timing || show(span.duration));
    if (right < 85) label.style.left = `calc(${right}% + 4px)`;
    else if (left > 20) label.style.right = `calc(${100 - left}% + 4px)`;
    else label.style.right = `calc(${100 - Math.min(100, right)}% + 8px)`;
    time.append(bar);
    for (const [from, to] of span.critical) {
      const stretch = make('span', 'critical');
      stretch.style.left = `${(from / duration) * 100}%`;
      stretch.style.width = `${((to - from) / duration) * 100}%`;
      time.append(stretch);
    }
    time.append(label);
    row.append(name, time);
    return row;
  }

  function toggle(at) {
    if (!collapsed.delete(at)) collapsed.add(at);
    layOut();
  }

  function select(at) {
    selected = at;
    const index = rows.indexOf(at);
    const top = index * rowHeight;
    if (index >= 0 && top < tree.scrollTop) tree.scrollTop = top;
    else if (index >= 0 && top + rowHeight + rulerHeight > tree.scrollTop + tree.clientHeight)
      tree.scrollTop = top + rowHeight + rulerHeight - tree.clientHeight;
    draw();
    tell();
  }

  function reveal(at) {
    for (let above = spans[at].parent; above >= 0; above = spans[above].parent) collapsed.delete(above);
    layOut();
    select(at);
  }

  function pretty(value) {
    if (typeof value !== 'string') return JSON.stringify(value, null, 2);
    if (!/^\s*[[{]/.test(value) || value.length > 200000) return value;
    try {
      // Numbers would lose digits on the way: laid out only where none does.
      const read = JSON.parse(value);
      return JSON.stringify(read) === value.replace(/\s/g, '') ? JSON.stringify(read, null, 2) : value;
    } catch {
      return value;
    }
  }

  function list(attributes) {
    const entries = make('dl');
    for (const [key, value] of attributes) entries.append(make('dt', '', key), make('dd', '', pretty(value)));
    return entries;
  }

  function tell() {
    const span = spans[selected];
    if (!span) {
      side.replaceChildren();
      return;
    }
    const service = services[span.service].name;
    const facts = [
      ['service', service],
      ['started', offset(span.start)],
      ['duration', span.timing || show(span.duration)],
      ...(span.critical.length > 0
        ? [['on the critical path', show(span.critical.reduce((sum, [from, to]) => sum + to - from, 0))]]
        : []),
      ['kind', span.kind],
      ['status', [span.status, span.message].filter(Boolean).join(': ')],
      ['span id', span.id],
      ...(span.scope ? [['scope', span.scope]] : []),
    ];
    const parts = [make('h2', '', span.name), list(facts)];
    const add = (title, content) => parts.push(make('h3', '', title), content);
    if (span.attributes.length > 0) add('Attributes', list(span.attributes));
    for (const event of span.events) add(`Event ${event.name} at ${offset(event.at)}`, list(event.attributes));
    for (const link of span.links)
      add('Link', list([['trace', link.traceId], ['span', link.spanId], ...link.attributes]));
    const lines = trace.logs.filter((line) => line.span === span.id);
    for (const line of lines)
      add(`Log line, ${line.level}, at ${offset(Math.max(0, line.at))}`, make('pre', '', line.text));
    const resource = trace.resources[span.resource] ?? [];
    if (resource.length > 0) add('Resource', list(resource));
    side.replaceChildren(...parts);
    side.scrollTop = 0;
  }

  function find() {
    const wanted = search.value.trim().toLowerCase();
    found = new Set();
    if (wanted !== '') {
      for (const [at, span] of spans.entries()) {
        const texts = [span.name, services[span.service].name, span.message, span.id, JSON.stringify(span.attributes)];
        if (texts.some((text) => text.toLowerCase().includes(wanted))) found.add(at);
      }
    }
    count.textContent = wanted === '' ? '' : found.size === 0 ? 'no span matches' : `${found.size} found`;
    draw();
  }

  function step(direction) {
    const matches = [...found];
    const next = direction > 0 ? matches.find((at) => at > selected) : matches.findLast((at) => at < selected);
    const at = next ?? matches.at(direction > 0 ? 0 : -1);
    if (at !== undefined) reveal(at);
  }

  function move(by) {
    const index = rows.indexOf(selected);
    const next = rows[Math.max(0, Math.min(rows.length - 1, index + by))];
    if (next !== undefined) select(next);
  }

  function goOut() {
    const span = spans[selected];
    if (!span) return;
    if (span.below > 0 && !collapsed.has(selected)) toggle(selected);
    else if (span.parent >= 0) select(span.parent);
  }

  function goIn() {
    const span = spans[selected];
    if (!span || span.below === 0) return;
    if (collapsed.has(selected)) toggle(selected);
    else move(1);
  }

  function nextFailed() {
    const failed = spans.flatMap((span, at) => (span.failed ? [at] : []));
    const next = failed.find((at) => at > selected) ?? failed[0];
    if (next !== undefined) reveal(next);
  }

  const acts = new Map([
    ['j', () => move(1)],
    ['k', () => move(-1)],
    ['ArrowDown', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['ArrowLeft', goOut],
    ['ArrowRight', goIn],
    ['e', nextFailed],
    ['n', () => step(1)],
    ['N', () => step(-1)],
    ['/', () => search.focus()],
    ['Escape', () => select(-1)],
  ]);

  /** Round times above the bars, which stay in sight. */
  function drawRuler() {
    const ruler = make('div');
    ruler.id = 'ruler';
    ruler.setAttribute('aria-hidden', 'true');
    const times = make('div', 'time');
    const power = 10 ** Math.floor(Math.log10(Math.max(1, duration / mostTicks)));
    const step = [1, 2, 5, 10].map((each) => each * power).find((each) => duration / each <= mostTicks);
    for (let at = 0; at < duration; at += step) {
      // At the end there is no room for a time.
      const tick = make('span', 'tick', at === 0 ? '0' : at > duration * 0.93 ? '' : show(at));
      tick.style.left = `${(at / duration) * 100}%`;
      times.append(tick);
    }
    ruler.append(make('div', 'name'), times);
    return ruler;
  }

  const canvas = make('div');
  canvas.style.position = 'relative';
  tree.append(drawRuler(), canvas);
  const legend = document.getElementById('services');
  for (const [index, { name, spans: owned }] of services.entries()) {
    const entry = make('span');
    const mark = make('i');
    mark.style.background = `var(--service-${index})`;
    entry.append(mark, `${name} · ${owned.toLocaleString('en')}`);
    legend.append(entry);
  }
  const path = make('span');
  path.append(make('i', 'critical'), 'critical path: what the trace waited for');
  legend.append(path);
  tree.addEventListener('scroll', draw, { passive: true });
  window.addEventListener('resize', draw);
  search.addEventListener('input', find);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') search.blur();
  });
  document.getElementById('theme').addEventListener('click', () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const now = document.documentElement.dataset.theme ?? (dark ? 'dark' : 'light');
    document.documentElement.dataset.theme = now === 'dark' ? 'light' : 'dark';
  });
  document.addEventListener('keydown', (event) => {
    if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
  layOut();
})();
