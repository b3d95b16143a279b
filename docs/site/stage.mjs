// Copies the documents to where the generator reads them; links to pages become addresses of the site, links to other
// files those of the source. A link to nothing, or a page that is not in the navigation, ends it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ROOT, STAGE, documents, exists, missing, place } from './pages.mjs';

const SOURCE = 'https://github.com/reactive-session/reactive-session/blob/main/';
const PICTURE = /\.(png|svg)$/;
const FENCE = /^( *)```.*?^ *```$/gms;
const LINK = /(]\(|(?:src|href|srcset)=")([^)"\s]+)([)"])/g;

const known = new Set(documents());
const wrong = missing().map(document => `${document} is not in docs/README.md`);

function translated(target, document) {
  if (/^([a-z]+:|#)/.test(target)) return target;
  const [path, anchor] = target.split('#');
  const file = posix.join(dirname(document), path);
  if (!exists(file)) wrong.push(`${document}: there is no ${target}`);
  if (known.has(file)) return `/${place(file)}${anchor === undefined ? '' : `#${anchor}`}`;
  return PICTURE.test(file) ? picture(file) : SOURCE + file;
}

function picture(file) {
  const there = join(STAGE, 'public', file);
  mkdirSync(dirname(there), { recursive: true });
  cpSync(join(ROOT, file), there);
  return `/${file}`;
}

/** Translates what is between the blocks. */
function page(document) {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const blocks = text.match(FENCE) ?? [];
  const prose = text.split(FENCE).filter((part, index) => index % 2 === 0);
  const linked = prose.map(part =>
    part.replace(LINK, (all, before, target, after) => before + translated(target, document) + after),
  );
  return linked.map((part, index) => part + (blocks[index] ?? '')).join('');
}

rmSync(STAGE, { recursive: true, force: true });
for (const document of documents()) {
  const file = join(STAGE, `${place(document)}.md`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, page(document));
}
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(`${documents().length} pages`);
