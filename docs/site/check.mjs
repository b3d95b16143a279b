// What the built site must be: every link and every anchor leads somewhere, nothing comes from another host. With a
// Chromium and its driver each page is opened as well, on a narrow screen, in both colour schemes.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DIST, documents, place } from './pages.mjs';
import { browse } from './browse.mjs';

const HOME = 'https://here.invalid/';
const wrong = [];
const files = readdirSync(DIST, { recursive: true }).map(String);
const pages = new Map(
  files.filter(file => file.endsWith('.html')).map(file => [file, readFileSync(join(DIST, file), 'utf8')]),
);

const all = (text, pattern) => [...text.matchAll(pattern)].map(found => found[1]);
const plain = words => words.replaceAll('&amp;', '&');
const anchors = new Map([...pages].map(([file, html]) => [file, new Set(all(html, /\sid="([^"]+)"/g))]));

function target(path) {
  const file = decodeURIComponent(path).replace(/^\//, '');
  return [file, `${file}.html`, join(file, 'index.html')].find(name => existsSync(join(DIST, name)) && name !== '');
}

function checkLink(page, link) {
  const url = new URL(plain(link), HOME + page);
  if (!url.href.startsWith(HOME)) return;
  const file = url.pathname === '/' ? 'index.html' : target(url.pathname);
  if (file === undefined) wrong.push(`${page}: ${link} leads nowhere`);
  const anchor = decodeURIComponent(url.hash.slice(1));
  if (anchor !== '' && file !== undefined && !anchors.get(file)?.has(anchor))
    wrong.push(`${page}: ${link} has no such heading`);
}

for (const document of documents()) {
  if (!pages.has(`${place(document)}.html`)) wrong.push(`${document} is no page of the site`);
}
for (const [page, html] of pages) {
  all(html, /<a [^>]*href="([^"]+)"/g).forEach(link => checkLink(page, link));
  all(html, /<(?:img|script|source|link|iframe|video|audio) [^>]*(?:src|href|srcset)="([^"]+)"/g).forEach(loaded =>
    /^(https?:)?\/\//.test(loaded) ? wrong.push(`${page}: loads ${loaded}`) : checkLink(page, loaded),
  );
  if (!html.includes('Content-Security-Policy')) wrong.push(`${page}: may load from elsewhere`);
}
for (const file of files.filter(name => name.endsWith('.css'))) {
  all(readFileSync(join(DIST, file), 'utf8'), /url\(["']?((?:https?:)?\/\/[^)]+)\)/g).forEach(loaded =>
    wrong.push(`${relative(DIST, join(DIST, file))}: loads ${loaded}`),
  );
}
const opened = await browse([...pages.keys()], wrong);
if (wrong.length > 0) {
  console.error([...new Set(wrong)].join('\n'));
  process.exit(1);
}
console.log(`${pages.size} pages checked, ${opened}`);
