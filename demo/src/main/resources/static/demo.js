'use strict';

const PLOT = { width: 240, height: 72, top: 12, base: 66 };
const SECONDS = 60;
const EVENTS = [
  'created',
  'saved',
  'touched',
  'rotated',
  'invalidated',
  'expired',
  'replayed',
  'conflicted',
  'discarded',
  'unreadable',
];
const NUMBER = new Intl.NumberFormat('en');
const TIME = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

const element = id => document.getElementById(id);
const say = (id, text) => {
  if (element(id).textContent !== text) element(id).textContent = text;
};
const range = length => Array.from({ length }, (_, index) => index);

/** Past the browser's cache, which would let requests for one address wait for each other. */
async function ask(method, path, options = {}) {
  const response = await fetch(path, { method, cache: 'no-store', ...options });
  if (response.status >= 500) throw new Error(`${method} ${path} answered ${response.status}`);
  return response;
}

const text = async (method, path, options) => (await ask(method, path, options)).text();

/** Runs what a control does, says in its card what went wrong, and looks at the account again if it may have changed. */
function act(control, event, said, action, changes = () => true) {
  control.addEventListener(event, async happened => {
    happened.preventDefault();
    try {
      await action(happened);
    } catch (error) {
      say(said, `That did not work: ${error.message}`);
    }
    if (changes()) await quietly(refreshAccount);
    if (paused) await quietly(refreshFigures);
  });
}

const quietly = work => work().catch(() => {});
const noSessionYet = () => account.session === null;
const never = () => false;

// Cart and counter

act(
  element('cart-form'),
  'submit',
  'cart',
  async event => {
    const change = new URLSearchParams([[event.submitter?.value ?? 'add-product', element('product').value]]);
    say('cart', await text('GET', `/cart?${change}`));
  },
  noSessionYet,
);

act(
  element('count'),
  'click',
  'counter',
  async () => say('counter', `Counted to ${await text('GET', '/counter')}.`),
  noSessionYet,
);

act(
  element('count-many'),
  'click',
  'counter',
  async () => {
    if (noSessionYet()) await text('GET', '/counter');
    const numbers = await Promise.all(range(20).map(() => text('GET', '/counter')));
    const different = new Set(numbers).size;
    const most = Math.max(...numbers.map(Number));
    say('counter', `Counted to ${most}: 20 requests at once were told ${different} different numbers.`);
  },
  noSessionYet,
);

act(
  element('untouched'),
  'click',
  'counter',
  async () => {
    await Promise.all(range(20).map(() => text('GET', '/untouched')));
    say('counter', '20 requests answered. None of them looked at the session.');
  },
  never,
);

// Notice

act(
  element('leave-notice'),
  'click',
  'notice',
  async () => {
    await ask('POST', '/notice', { body: 'Your address was saved.' });
    say('notice', 'Left. Any later request may take it.');
  },
  noSessionYet,
);

const taken = () => text('GET', '/notice');

act(
  element('take-notice'),
  'click',
  'notice',
  async () => say('notice', (await taken()) || 'There is none.'),
  never,
);

act(
  element('take-notice-many'),
  'click',
  'notice',
  async () => {
    const notices = (await Promise.all(range(20).map(taken))).filter(notice => notice !== '');
    say('notice', `${notices.length} of 20 requests got it${notices.length === 0 ? '.' : `: ${notices[0]}`}`);
  },
  never,
);

// Account

act(element('login-form'), 'submit', 'account', async () => {
  await ask('GET', '/login');
  const answer = await text('POST', '/login', { body: new URLSearchParams(new FormData(element('login-form'))) });
  element('login-form').reset();
  say('account', answer);
});

act(element('logout'), 'click', 'account', async () => {
  say('account', await text('POST', '/logout'));
  say('cart', 'The cart is empty.');
  say('counter', 'Not counted yet.');
});

act(element('sign-out-others'), 'click', 'sessions-said', async () => {
  const response = await ask('DELETE', '/account/sessions');
  say('sessions-said', `Signed out: ${await response.text()}.`);
});

let account = { user: null, session: null };

async function refreshAccount() {
  const known = account;
  account = await (await ask('GET', '/account')).json();
  showAccount(known);
  if (account.session !== known.session) followEvents();
  await refreshSessions();
}

function showAccount(known) {
  const user = account.user;
  const left = element('login-form').contains(document.activeElement) || document.activeElement === element('logout');
  element('login-form').hidden = element('login-hint').hidden = user !== null;
  element('logout-row').hidden = user === null;
  element('sign-out-others').disabled = user === null;
  if (known.user !== user || element('account').textContent === '…') {
    say('account', user === null ? 'Nobody is logged in.' : `You are ${user}.`);
  }
  if (left && known.user !== user) element(user === null ? 'username' : 'logout').focus();
}

/** A line that is still true stays where it is, and with it the focus. */
async function refreshSessions() {
  const sessions = account.user === null ? [] : await (await ask('GET', '/account/sessions')).json();
  const origins = sessions.length === 0 ? {} : await (await ask('GET', '/account/origins')).json();
  const table = element('sessions');
  const lines = sessions.map(session => lineOf(session) ?? row(session));
  [...table.rows].filter(line => !lines.includes(line)).forEach(line => line.remove());
  table.append(...lines.filter(line => !line.isConnected));
  lines.forEach((line, index) => {
    line.cells[2].textContent = time(sessions[index].lastAccessedAt);
    line.cells[3].textContent = origins[sessions[index].id] ?? '';
  });
  if (lines.length === 0) table.append(note('Log in to see them.'));
}

const lineOf = session => [...element('sessions').rows].find(line => line.dataset.key === keyOf(session));
const keyOf = session => `${session.id} ${session.current}`;

function note(words) {
  const line = document.createElement('tr');
  line.append(cell(words));
  line.firstChild.colSpan = 5;
  return line;
}

function row(session) {
  const line = document.createElement('tr');
  line.dataset.key = keyOf(session);
  const id = cell('');
  const code = document.createElement('code');
  code.textContent = `${session.id.slice(0, 8)}…`;
  id.append(code, session.current ? ' this one' : '');
  line.append(id, cell(time(session.createdAt)), cell(''), cell(''), session.current ? cell('') : ending(session));
  return line;
}

function cell(words) {
  const data = document.createElement('td');
  data.textContent = words;
  return data;
}

function ending(session) {
  const data = cell('');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = 'Sign out';
  button.setAttribute('aria-label', `Sign out session ${session.id.slice(0, 8)}`);
  act(button, 'click', 'sessions-said', async () => {
    const response = await ask('DELETE', `/account/sessions/${session.id}`);
    say('sessions-said', response.ok ? 'Signed out: 1.' : 'It was gone already.');
    element('sign-out-others').focus();
  });
  data.append(button);
  return data;
}

const time = instant => TIME.format(new Date(instant));

// Events

let stream = null;

function followEvents() {
  stream?.close();
  stream = account.session === null ? null : new EventSource('/events');
  EVENTS.forEach(name => stream?.addEventListener(name, event => showEvent(JSON.parse(event.data))));
}

const WITHIN = 3000;
let burst = { counts: {} };

/** Saves and replays of one session that follow each other are one line: "20 saved, 37 replayed". */
function showEvent(event) {
  const folds = event.event === 'saved' || event.event === 'replayed';
  const at = new Date(event.at).getTime();
  if (!folds || burst.id !== event.id || at - burst.at > WITHIN) {
    burst = { id: folds ? event.id : null, counts: {}, line: addLine() };
  }
  burst.at = at;
  burst.counts[event.event] = (burst.counts[event.event] ?? 0) + 1;
  const counts = Object.entries(burst.counts).map(([name, count]) =>
    folds ? `${NUMBER.format(count)} ${name}` : name,
  );
  burst.line.textContent = `${time(event.at)} ${event.id.slice(0, 8)}… ${counts.join(', ')} ${event.attribute ?? ''}`;
  if (event.event === 'created' || event.event === 'invalidated' || event.event === 'rotated') refreshLater();
}

function addLine() {
  const list = element('events');
  if (list.dataset.begun === undefined) list.replaceChildren();
  list.dataset.begun = '';
  const line = document.createElement('li');
  list.prepend(line);
  while (list.children.length > 50) list.lastChild.remove();
  return line;
}

let later = null;

function refreshLater() {
  clearTimeout(later);
  later = setTimeout(refreshAccount, 300);
}

// Sweep

const authorization = () => ({ Authorization: `Bearer ${element('purge-token').value}` });

act(
  element('crowd'),
  'click',
  'sweep',
  async () => {
    say('sweep', 'They are coming …');
    const response = await ask('POST', '/crowd', { headers: authorization() });
    if (!response.ok) {
      say('sweep', 'That is not the token.');
      return;
    }
    const visitors = Number(await response.text());
    element('sweep-progress').max = visitors;
    element('sweep-progress').value = 0;
    say('sweep', `${NUMBER.format(visitors)} came, and will have expired in a second.`);
  },
  never,
);

act(
  element('sweep-form'),
  'submit',
  'sweep',
  async () => {
    const headers = { ...authorization(), Accept: 'text/event-stream' };
    const response = await ask('POST', '/sessions/purge', { headers });
    if (!response.ok) {
      say('sweep', response.status === 401 ? 'That is not the token.' : `Refused: ${response.status}.`);
      return;
    }
    for await (const progress of progressOf(response)) showProgress(progress);
  },
  never,
);

async function* progressOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = '';
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
    const events = (unread + value).split('\n\n');
    unread = events.pop();
    yield* events.map(event => JSON.parse(event.replace(/^data:/, '')));
  }
}

function showProgress(progress) {
  const bar = element('sweep-progress');
  bar.max = Math.max(bar.max, progress.removed, 1);
  bar.value = progress.done ? bar.max : progress.removed;
  const state = progress.failure ?? (progress.done ? `done in ${progress.millis} ms` : 'so far');
  say('sweep', `${NUMBER.format(progress.removed)} removed in ${progress.batches} batches, ${state}.`);
}

// Figures

const SECOND = 1000;
const history = { saves: [], replays: [] };
let before = null;

async function refreshFigures() {
  const figures = { ...(await (await ask('GET', '/figures')).json()), at: performance.now() };
  drawTotals(figures);
  drawCalls(figures.requests);
  drawRate('saves', figures);
  drawRate('replays', figures);
  drawSweeps(figures.sweeps);
  before = figures;
}

function drawTotals(figures) {
  say('total-requests', NUMBER.format(figures.answered));
  say('total-calls', NUMBER.format(figures.storeCalls));
  say('total-untouched', NUMBER.format(figures.withoutCalls));
  say('total-elsewhere', NUMBER.format(figures.elsewhere));
}

let paused = false;

/** Paused, the figures still follow what is done here. */
function pause(now) {
  paused = now;
  element('pause').setAttribute('aria-pressed', String(now));
}

element('pause').addEventListener('click', () => pause(!paused));

function drawCalls(requests) {
  const latest = requests.slice(-40);
  const last = latest.at(-1);
  drawBars(
    'calls',
    latest.map(request => request.storeCalls),
  );
  if (last === undefined) return;
  say('calls-now', String(last.storeCalls));
  say('calls-said', `Last: ${last.method} ${last.path}. A dot is a request without a store call.`);
  const calls = latest.map(request => request.storeCalls);
  const none = calls.filter(count => count === 0).length;
  label(
    'calls-plot',
    `Store calls of the latest ${calls.length} requests: ${none} made none, the most made ${most(calls)}`,
  );
}

const rounded = value => (value < 10 ? Math.round(10 * value) / 10 : Math.round(value));
const perSecond = (name, now) =>
  before === null ? 0 : rounded(Math.max(0, (SECOND * (now[name] - before[name])) / (now.at - before.at)));

function drawRate(name, figures) {
  const total = figures[name];
  const values = history[name];
  values.push(perSecond(name, figures));
  if (values.length > SECONDS) values.shift();
  drawLine(name, values);
  say(`${name}-now`, `${NUMBER.format(values.at(-1))} · ${NUMBER.format(total)} in all`);
  label(
    `${name}-plot`,
    `${values.at(-1)} in the last second, ${total} since the start, at most ${most(values)} in a second`,
  );
}

function drawSweeps(sweeps) {
  const removed = sweeps.slice(-40).map(sweep => sweep.removed);
  drawBars('sweeps', removed);
  if (removed.length === 0) return;
  say('sweeps-now', NUMBER.format(removed.at(-1)));
  label('sweeps-plot', `${removed.length} sweeps, the last removed ${removed.at(-1)}, the most ${most(removed)}`);
}

const most = values => Math.max(0, ...values);
const label = (id, words) => element(id).setAttribute('aria-label', words);
const heightOf = (value, top) => ((PLOT.base - PLOT.top) * value) / top;

/** Before there is anything to draw: the form that it will have. */
const SAMPLE = range(40).map(index => [2, 0, 0, 1, 0, 2, 1, 0][index % 8]);

function drawBars(name, known) {
  const values = known.length === 0 ? SAMPLE : known;
  element(`${name}-plot`).classList.toggle('sample', known.length === 0);
  const top = Math.max(2, most(values));
  const step = PLOT.width / 40;
  const marks = values.map((value, index) =>
    value === 0
      ? shape('circle', { class: 'zero', cx: index * step + step / 2, cy: PLOT.base, r: 2 })
      : shape('rect', {
          class: 'bar',
          x: index * step + 1,
          y: PLOT.base - heightOf(value, top),
          width: step - 2,
          height: heightOf(value, top),
        }),
  );
  element(`${name}-plot`).replaceChildren(axis(), ...marks);
  say(`${name}-scale`, NUMBER.format(top));
}

function drawLine(name, known) {
  const empty = most(known) === 0;
  const values = empty ? range(SECONDS).map(index => Math.max(0, Math.sin(index / 4))) : known;
  element(`${name}-plot`).classList.toggle('sample', empty);
  const top = Math.max(2, most(values));
  const step = PLOT.width / (SECONDS - 1);
  const start = PLOT.width - (values.length - 1) * step;
  const points = values.map((value, index) => `${start + index * step},${PLOT.base - heightOf(value, top)}`);
  element(`${name}-plot`).replaceChildren(axis(), shape('polyline', { class: 'line', points: points.join(' ') }));
  say(`${name}-scale`, NUMBER.format(top));
}

const axis = () => shape('line', { class: 'axis', x1: 0, x2: PLOT.width, y1: PLOT.base, y2: PLOT.base });

function shape(name, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
  return node;
}

// Start

async function begin() {
  say('cart', await text('GET', '/cart'));
  const { counter } = await (await ask('GET', '/attributes')).json();
  say('counter', counter === undefined ? 'Not counted yet.' : `Counted to ${counter}.`);
  await refreshAccount();
}

quietly(begin);
quietly(refreshFigures);
pause(matchMedia('(prefers-reduced-motion: reduce)').matches);
setInterval(() => {
  if (!paused && !document.hidden) quietly(refreshFigures);
}, SECOND);
