'use strict';

// The pictures: time goes down, the store is in the middle

const COLUMN = { A: 40, store: 180, B: 320 };
const ROW = 24;
const TOP = 30;
const WORDS = { open: 'load', insert: 'create', update: 'save', delete: 'end', touch: 'touch', find: 'find' };

/** Shown, faint, before a scene was played: a meeting of two. */
const EXAMPLE = {
  calls: [
    ['A', 'open', 'v1'],
    ['B', 'open', 'v1'],
    ['A', 'update', 'v2'],
    ['B', 'update', 'moved to v2'],
    ['B', 'update', 'v3'],
  ].map(([lane, step, outcome], index) => ({ lane, step, outcome, begin: index, end: index })),
  answers: [],
};

const refused = call => /moved|gone|unavailable|false/.test(call.outcome);
const words = call => [WORDS[call.step] ?? call.step, call.outcome].filter(word => word !== 'true').join(', ');
const spoken = call => `${call.lane}: ${words(call)}`;

function letters(x, y, said, anchor = 'middle', name = 'label') {
  const node = shape('text', { x, y, 'text-anchor': anchor, class: name });
  node.textContent = said;
  return node;
}

function drawScene(id, trace, lanes, sample = false) {
  const picture = element(`${id}-picture`);
  const many = new Set(trace.calls.map(call => call.lane)).size > 2;
  picture.classList.toggle('sample', sample);
  picture.replaceChildren(...(many ? strips(picture, trace) : sequence(picture, trace, lanes)));
  const first = trace.calls.slice(0, 12).map(spoken).join('; ');
  picture.setAttribute('aria-label', sample ? 'Not played yet' : `${trace.calls.length} store calls. ${first}`);
}

function sequence(picture, trace, lanes) {
  const rows = [...trace.calls, ...trace.answers].sort((one, other) => one.end - other.end);
  const height = TOP + ROW * (rows.length + 1);
  picture.setAttribute('viewBox', `0 0 360 ${height}`);
  const marks = Object.entries(COLUMN).flatMap(([name, x]) => [
    letters(x, 14, name === 'store' ? 'store' : (lanes[name] ?? name), 'middle', 'title'),
    shape('line', { class: 'lane', x1: x, x2: x, y1: 20, y2: height - 6 }),
  ]);
  return [...marks, ...rows.flatMap((row, index) => rowOf(row, TOP + ROW * (index + 1) - 6, rows, index))];
}

function rowOf(row, y, rows, index) {
  const x = COLUMN[row.lane] ?? COLUMN.A;
  const side = x < COLUMN.store ? -1 : 1;
  if (row.status !== undefined)
    return [
      shape('circle', { class: 'answer', cx: x, cy: y, r: 4 }),
      letters(x - side * 10, y + 4, `${row.status}, ${row.cookie}`, side < 0 ? 'start' : 'end'),
    ];
  const reads = row.step === 'open' || row.step === 'find';
  const kind = refused(row) ? 'arrow refused' : 'arrow';
  const [from, to] = reads ? [COLUMN.store, x] : [x, COLUMN.store];
  const marks = [
    shape('line', { class: kind, x1: from, x2: to, y1: y, y2: y }),
    head(to, y, Math.sign(to - from), kind),
    letters((x + COLUMN.store) / 2, y - 4, words(row)),
  ];
  const again = rows.findIndex((other, at) => at > index && other.lane === row.lane && other.step === 'update');
  if (/moved/.test(row.outcome) && again > 0) marks.push(loop(x, y, y + ROW * (again - index), side));
  return marks;
}

const head = (x, y, direction, kind) =>
  shape('path', { class: `${kind} head`, d: `M${x} ${y}l${-7 * direction} -4v8z` });
const loop = (x, y, end, side) =>
  shape('path', { class: 'loop', d: `M${x} ${y}c${side * 30} 4 ${side * 30} ${end - y - 8} ${side * 4} ${end - y}` });

/** More than two: a line a request, from left to right. */
function strips(picture, trace) {
  const lanes = [...new Set(trace.calls.map(call => call.lane))];
  const times = trace.calls.map(call => call.end);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const across = time => 12 + (336 * (time - from)) / Math.max(1, to - from);
  picture.setAttribute('viewBox', `0 0 360 ${TOP + 10 * lanes.length + 8}`);
  const legend = [
    shape('circle', { class: 'load', cx: 12, cy: 10, r: 3 }),
    letters(20, 14, 'load', 'start'),
    shape('circle', { class: 'again', cx: 92, cy: 10, r: 3 }),
    letters(100, 14, 'met, computed again', 'start'),
    shape('rect', { class: 'bar', x: 249, y: 6, width: 6, height: 8 }),
    letters(260, 14, 'saved', 'start'),
  ];
  return [
    ...legend,
    ...lanes.flatMap((lane, index) =>
      strip(
        trace.calls.filter(call => call.lane === lane),
        TOP + 10 * index,
        across,
      ),
    ),
  ];
}

function strip(calls, y, across) {
  const line = shape('line', { class: 'axis', x1: across(calls[0].end), x2: across(calls.at(-1).end), y1: y, y2: y });
  return [
    line,
    ...calls.map(call =>
      call.step === 'update' && !refused(call)
        ? shape('rect', { class: 'bar', x: across(call.end) - 3, y: y - 4, width: 6, height: 8 })
        : shape('circle', { class: refused(call) ? 'again' : 'load', cx: across(call.end), cy: y, r: 3 }),
    ),
  ];
}

// Playing

const scene = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
const lane = (name, words) => ({ headers: { Scene: `${name} ${words}` } });
const json = async path => (await ask('GET', path)).json();
const word = () =>
  ['red', 'green', 'blue', 'grey', 'black', 'white', 'pink', 'gold'][Math.floor(Math.random() * 8)] +
  Math.floor(Math.random() * 1000);
const until = async (look, tries = 300) => {
  for (let left = tries; left > 0; left--) {
    const found = await look().catch(() => null);
    if (found) return found;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error('it took too long');
};

/** There may be a moment between an answer and the note of it. */
const traceOf = (name, answers, path = '/scenes') =>
  until(async () => {
    const trace = await json(`${path}/${name}`);
    return trace.answers.length >= answers ? trace : null;
  });

async function haveSession() {
  if (account.session === null) {
    await ask('PUT', '/attributes/theme', { body: 'plain' });
    await refreshAccount();
  }
  return account.session;
}

async function haveUser() {
  if (account.user === null) {
    await ask('GET', '/login');
    await ask('POST', '/login', { body: new URLSearchParams({ username: 'alice', password: 'secret' }) });
    await refreshAccount();
  }
  return account.session;
}

async function show(id, trace, session, said, lanes = {}) {
  drawScene(id, trace, lanes);
  say(`${id}-said`, said);
  say(`${id}-calls`, NUMBER.format(trace.calls.length));
  const answers = [...trace.answers].sort((one, other) => one.lane.localeCompare(other.lane));
  const cookies = answers.map(answer => (answers.length > 3 ? answer.cookie : `${answer.lane}: ${answer.cookie}`));
  say(`${id}-cookie`, [...new Set(cookies)].join(', '));
  say(`${id}-record`, await recordOf(session));
}

async function recordOf(session) {
  const response = await ask('GET', `/records/${session}`);
  if (response.status === 404) return 'There is no record any more.';
  if (!response.ok) return 'It belongs to somebody else.';
  const { payload, ...record } = await response.json();
  return JSON.stringify({ ...record, payload: parsed(payload) }, null, 2);
}

function parsed(payload) {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

const PLAY = {
  async 'two-attributes'(id, name) {
    const session = await haveSession();
    const [colour, size] = [word(), word()];
    await Promise.all([
      ask('PUT', '/attributes/colour', { body: colour, ...lane(name, 'A 2') }),
      ask('PUT', '/attributes/size', { body: size, ...lane(name, 'B 2') }),
    ]);
    const all = await json('/attributes');
    const both = all.colour === colour && all.size === size;
    await show(
      id,
      await traceOf(name, 2),
      session,
      both ? `Both stayed: colour ${colour}, size ${size}.` : 'One was lost.',
      { A: 'A: colour', B: 'B: size' },
    );
  },

  async 'one-cart'(id, name) {
    const session = await haveSession();
    const [one, other] = [word(), word()];
    await Promise.all([
      ask('GET', `/cart?add-product=${one}`, lane(name, 'A 2')),
      ask('GET', `/cart?add-product=${other}`, lane(name, 'B 2')),
    ]);
    const cart = await text('GET', '/cart');
    say('cart', cart);
    const both = cart.includes(one) && cart.includes(other);
    await show(id, await traceOf(name, 2), session, both ? `Both stayed: ${one} and ${other}.` : 'One was lost.');
  },

  async 'many-counts'(id, name) {
    const session = await haveSession();
    const numbers = await Promise.all(range(20).map(index => text('GET', '/counter', lane(name, `A${index} 4`))));
    const trace = await traceOf(name, 20);
    const replays = trace.calls.filter(call => /moved/.test(call.outcome)).length;
    const lost = 20 - new Set(numbers).size;
    say('counter', `Counted to ${Math.max(...numbers.map(Number))}.`);
    await show(id, trace, session, `20 requests, ${replays} replays, ${lost} lost.`);
  },

  async 'late-save'(id, name) {
    const session = await haveUser();
    const [late] = await Promise.all([
      ask('PUT', '/attributes/draft', { body: word(), ...lane(name, 'A 2 last') }),
      ask('POST', '/logout', lane(name, 'B 2')),
    ]);
    const trace = await traceOf(name, 2);
    const { user } = await json('/account');
    await show(
      id,
      trace,
      session,
      user === null
        ? `Logged out, and it stayed so. The late save was answered ${late.status}, and stored nothing.`
        : 'The session came back.',
      { A: 'A: late save', B: 'B: logout' },
    );
    say('cart', 'The cart is empty.');
    say('counter', 'Not counted yet.');
  },

  async 'old-token'(id, name) {
    const session = await haveSession();
    await ask('GET', '/login');
    const form = new URLSearchParams({ username: 'alice', password: 'secret' });
    const [, told] = await Promise.all([
      ask('POST', '/login', { body: form, ...lane(name, 'A 2') }),
      text('PUT', '/draft', { body: word(), ...lane(name, 'B 2 last') }),
    ]);
    const trace = await traceOf(name, 2);
    const late = trace.answers.find(answer => answer.lane === 'B');
    await show(
      id,
      trace,
      session,
      `Logged in. The request with the old token was told “${told}” and given ${late.cookie}.`,
      { A: 'A: login', B: 'B: old token' },
    );
  },

  async outage(id, name) {
    const session = await haveSession();
    const cut = await fetch('/outage', { method: 'POST', headers: authorization() });
    if (!cut.ok) throw new Error((await cut.text()) || 'that is not the token');
    let away, untouched;
    try {
      await fetch('/counter', { cache: 'no-store' });
      [away, untouched] = await Promise.all(
        ['/counter', '/untouched'].map((path, index) => timed(path, lane(name, `${'AB'[index]} 1`))),
      );
    } finally {
      await ask('DELETE', '/outage', { headers: authorization() });
    }
    await until(async () => (await fetch('/counter', { cache: 'no-store' })).ok);
    await timed('/counter', lane(name, 'A 1'));
    await show(
      id,
      await traceOf(name, 3),
      session,
      `Away: ${away.status} after ${away.took} ms, and ${untouched.status} where nobody looks. Back: 200.`,
      { A: 'A: counter', B: 'B: untouched' },
    );
  },

  async 'second-node'(id, name) {
    const session = await haveSession();
    const started = await fetch('/nodes/second', { method: 'POST', headers: authorization() });
    if (!started.ok) throw new Error((await started.text()) || 'that is not the token');
    const port = await started.text();
    const here = await text('GET', '/counter', lane(name, 'A 1'));
    const there = await text('GET', '/nodes/second/counter', lane(name, 'B 1'));
    const [one, other] = [await traceOf(name, 2), await traceOf(name, 1, '/nodes/second/scenes')];
    const trace = joined(one, other);
    say('counter', `Counted to ${there}.`);
    await show(
      id,
      trace,
      session,
      `This node counted to ${here}, the one on port ${port} to ${there}: one session.`,
      { A: 'A: this node', B: 'B: second' },
    );
  },

  async 'ended-stream'(id, name) {
    const session = await haveUser();
    const started = await fetch('/nodes/second', { method: 'POST', headers: authorization() });
    if (!started.ok) throw new Error((await started.text()) || 'that is not the token');
    const stream = text('GET', '/nodes/second/ticks', lane(name, 'B 1'));
    await until(async () => (await json(`/nodes/second/scenes/${name}`)).calls.length > 0);
    await ask('POST', '/logout', lane(name, 'A 1'));
    const begin = performance.now();
    const ticks = (await stream).split('data:').length - 1;
    const took = Math.round(performance.now() - begin);
    const trace = joined(await traceOf(name, 2), await traceOf(name, 1, '/nodes/second/scenes'));
    const words = `The stream on the other node ended ${took} ms after the logout here, after ${ticks} ticks.`;
    await show(id, trace, session, words, { A: 'A: logout', B: 'B: stream' });
    say('cart', 'The cart is empty.');
    say('counter', 'Not counted yet.');
  },
};

/** What one node noted, and what the other did: a request that was passed on is that of the other. */
const joined = (one, other) => ({
  calls: [...one.calls, ...other.calls],
  answers: [...one.answers.filter(answer => answer.lane === 'A'), ...other.answers],
});

async function timed(path, options) {
  const begin = performance.now();
  const response = await fetch(path, { cache: 'no-store', ...options });
  return { status: response.status, took: Math.round(performance.now() - begin) };
}

document.querySelectorAll('[data-scene]').forEach(button => {
  const id = button.dataset.scene;
  drawScene(id, EXAMPLE, {}, true);
  act(button, 'click', `${id}-said`, async () => {
    say(`${id}-said`, id === 'second-node' ? 'It starts …' : 'It plays …');
    await PLAY[id](id, scene());
  });
});

// The store in use

const button = id => document.querySelector(`[data-scene=${id}]`);

async function showStore() {
  const store = await json('/store');
  say('store', store.place + (store.profiles.length === 0 ? '' : ` (${store.profiles.join(',')})`));
  forbid('outage', store.canFail, 'Needs an embedded server: start with the profiles redis,embedded-redis.');
  forbid('ended-stream', store.canBeShared, 'A second node would not see these sessions: start with another store.');
  forbid('second-node', store.canBeShared, 'A second node would not see these sessions: start with another store.');
  if (!store.stored)
    ['two-attributes', 'one-cart', 'many-counts', 'late-save', 'old-token'].forEach(id =>
      forbid(id, false, 'Sealed in the cookie, there is no store between requests: start with another one.'),
    );
}

function forbid(id, possible, why) {
  button(id).disabled = !possible;
  if (!possible) say(`${id}-said`, why);
}

quietly(showStore);
