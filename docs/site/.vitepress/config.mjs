import { navigation, place } from '../pages.mjs';

/** Keeps every page to this host. */
const POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
  + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const sidebar = navigation().map(({ group, pages }) => ({
  text: group,
  collapsed: false,
  items: pages.map(page => ({ text: page.title, link: `/${place(page.document)}` })),
}));

export default {
  title: 'Reactive Session',
  description: 'HTTP sessions for Spring WebFlux that cost nothing until a handler uses them',
  lang: 'en',
  srcDir: 'stage',
  outDir: 'dist',
  cacheDir: '.vitepress/cache',
  ignoreDeadLinks: [/^http:\/\/localhost/],
  metaChunk: true,
  head: [['meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }]],
  markdown: { lineNumbers: false },
  vite: { publicDir: 'public' },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'How-to', link: '/contents' },
      { text: 'Settings', link: '/settings' },
    ],
    sidebar,
    outline: 'deep',
  },
};
