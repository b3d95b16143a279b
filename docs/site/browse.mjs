// Opens pages in a real browser, where there is one: by the protocol of its driver, without a library.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { DIST } from './pages.mjs';

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const NARROW = 390;
const there = program => spawnSync('which', [program]).status === 0;
const pause = () => new Promise(done => setTimeout(done, 100));

/** What is wrong is added to the list; the answer says what was done. */
export async function browse(pages, wrong) {
  if (!there('chromedriver') || !there('chromium')) return 'not opened: there is no Chromium with a driver';
  const site = await served();
  const driver = await driving();
  try {
    for (const scheme of ['light', 'dark']) {
      await colours(driver, scheme);
      for (const page of pages) await look(driver, site, page, scheme, wrong);
    }
    await pictures(driver, site, process.env.SITE_PICTURES);
  } finally {
    await driver.end();
    site.server.close();
  }
  return `opened at ${NARROW} px, light and dark`;
}

async function served() {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://here').pathname);
    const file = [path, `${path}.html`, join(path, 'index.html')].map(name => join(DIST, name)).find(readable);
    response.writeHead(file ? 200 : 404, { 'Content-Type': TYPES[extname(file ?? '')] ?? 'text/plain' });
    response.end(file ? readFileSync(file) : 'no such page');
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { server, address: `http://127.0.0.1:${server.address().port}/` };
}

function readable(file) {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

async function driving() {
  const child = spawn('chromedriver', ['--port=0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const port = await new Promise(found =>
    child.stdout.on('data', data => {
      const said = /started successfully on port (\d+)/.exec(data);
      if (said) found(said[1]);
    }),
  );
  const send = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(value.message);
    return value;
  };
  const options = {
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--window-size=1280,1400'],
  };
  const { sessionId } = await send('POST', '/session', {
    capabilities: { alwaysMatch: { 'goog:chromeOptions': options } },
  });
  const to = (path, body) => send('POST', `/session/${sessionId}${path}`, body);
  return {
    open: url => to('/url', { url }),
    run: script => to('/execute/sync', { script, args: [] }),
    tell: (cmd, params) => to('/goog/cdp/execute', { cmd, params }),
    end: async () => {
      await send('DELETE', `/session/${sessionId}`);
      child.kill();
    },
  };
}

async function colours(driver, scheme) {
  await driver.tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  await width(driver, NARROW);
}

const width = (driver, pixels) =>
  driver.tell('Emulation.setDeviceMetricsOverride', {
    width: pixels,
    height: pixels < 800 ? 844 : 900,
    deviceScaleFactor: 1,
    mobile: pixels < 800,
  });

const SEEN = `return { wide: document.documentElement.scrollWidth, hosts: performance.getEntriesByType('resource')
  .map(entry => new URL(entry.name).host), dark: document.documentElement.classList.contains('dark') }`;

async function look(driver, site, page, scheme, wrong) {
  await driver.open(site.address + page);
  const seen = await driver.run(SEEN);
  if (seen.wide > NARROW) wrong.push(`${page}: ${seen.wide} px wide on a screen of ${NARROW}`);
  if (seen.dark !== (scheme === 'dark')) wrong.push(`${page}: not ${scheme}`);
  seen.hosts.filter(host => !site.address.includes(host)).forEach(host => wrong.push(`${page}: asks ${host}`));
}

/** The first page, for the documents. */
async function pictures(driver, site, directory) {
  if (!directory) return;
  for (const pixels of [1280, NARROW]) {
    for (const scheme of ['light', 'dark']) {
      await colours(driver, scheme);
      await width(driver, pixels);
      await driver.open(site.address);
      await pause();
      const { data } = await driver.tell('Page.captureScreenshot', {});
      writeFileSync(join(directory, `site-${pixels}-${scheme}.png`), Buffer.from(data, 'base64'));
    }
  }
}
