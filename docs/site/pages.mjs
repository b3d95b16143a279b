// The pages of the site, in the order of docs/README.md: that list is the navigation here and there.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = resolve(HERE, '../..');
export const STAGE = join(HERE, 'stage');
export const DIST = join(HERE, 'dist');

/** Not pages: a list of pages, and what is for the hosts of the source alone. */
const NOT_LISTED = new Set(['docs/README.md', 'README.md']);

const text = file => readFileSync(join(ROOT, file), 'utf8');

/** Where the document is on the site, without its ending. */
export function place(document) {
  if (document === 'README.md') return 'index';
  const path = document
    .replace(/\.md$/, '')
    .replace(/^docs\//, '')
    .replace(/(.)\/README$/, '$1');
  return path === 'README' ? 'contents' : path.toLowerCase();
}

/** [{ group, pages: [{ title, document, words }] }] */
export function navigation() {
  const groups = [];
  for (const line of text('docs/README.md').split('\n')) {
    const heading = /^## (.+)$/.exec(line);
    const item = /^ *\* \[([^\]]+)\]\(([^)#]+\.md)\)(.*)$/.exec(line);
    if (heading) groups.push({ group: heading[1], pages: [] });
    if (item) groups.at(-1).pages.push({ title: item[1], document: posix.join('docs', item[2]), words: item[3] });
  }
  return groups.filter(group => group.pages.length > 0);
}

/** Every document of the repository that a reader may come to. */
export function documents() {
  const top = names('.').filter(name => name.endsWith('.md'));
  const modules = names('.')
    .map(name => `${name}/README.md`)
    .filter(exists);
  const docs = ['docs', 'docs/how-to'].flatMap(directory =>
    names(directory)
      .filter(name => name.endsWith('.md'))
      .map(name => `${directory}/${name}`),
  );
  return [...new Set([...top, ...modules, ...docs])];
}

const names = directory => readdirSync(join(ROOT, directory));

export function exists(file) {
  return existsSync(join(ROOT, file));
}

export function missing() {
  const listed = new Set(
    navigation()
      .flatMap(group => group.pages)
      .map(page => page.document),
  );
  return documents().filter(document => !listed.has(document) && !NOT_LISTED.has(document));
}
