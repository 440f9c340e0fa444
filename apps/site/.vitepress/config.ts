import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type DefaultTheme } from 'vitepress';
import { repositoryUrl } from '../scripts/collect-pages.mjs';

/** The mark of the live page. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#2563a8"/><path d="M3 11h3V6h4v5h3" stroke="#fff" stroke-width="2" fill="none"/></svg>`,
)}`;

const pages = join(import.meta.dirname, '..', '.pages');

/** Title of a page: its first heading, without the marks of code. */
function titleOf(path: string): string {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(pages, `${path}.md`), 'utf8')) ?? [];
  return title?.replaceAll('`', '') ?? path;
}

const entry = (path: string): DefaultTheme.SidebarItem => ({ text: titleOf(path), link: `/${path}` });

/** The pages of a folder, by name. */
function folder(path: string): readonly DefaultTheme.SidebarItem[] {
  if (!existsSync(join(pages, path))) return [];
  return readdirSync(join(pages, path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((item) => {
      if (item.isFile() && item.name.endsWith('.md')) return [entry(join(path, item.name.slice(0, -3)))];
      return existsSync(join(pages, path, item.name, 'index.md'))
        ? [entry(join(path, item.name, 'index'))]
        : [];
    });
}

/** The pages of the API reference, one for each entry of a package: they are as deep as its name. */
function apiPages(): readonly DefaultTheme.SidebarItem[] {
  const api = join(pages, 'api');
  if (!existsSync(api)) return [];
  const entries = readdirSync(api, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && path !== 'index.md')
    .map((path) => entry(`api/${path.slice(0, -3).replaceAll('\\', '/')}`))
    .sort((a, b) => ((a.text ?? '') < (b.text ?? '') ? -1 : 1));
  return [{ text: 'All packages', link: '/api/' }, ...entries];
}

const group = (
  text: string,
  items: readonly DefaultTheme.SidebarItem[],
  collapsed = true,
): DefaultTheme.SidebarItem => ({
  text,
  collapsed,
  items: [...items],
});

export default defineConfig({
  title: 'store',
  description:
    'Retail inventory events from TypeScript types to Amazon Data Firehose, Parquet, SQL and delivery trucks.',
  head: [['link', { rel: 'icon', href: icon }]],
  srcDir: '.pages',
  outDir: 'dist',
  cacheDir: 'node_modules/.cache/vitepress',
  cleanUrls: true,
  ignoreDeadLinks: process.env.STORE_SITE_WITHOUT_API === '1' ? [/^\/api\//] : false,
  // Markdown of the repository is Markdown, not a template of Vue: `<T>` is text, and so is `{{`.
  markdown: {
    html: false,
    config: (md) => {
      const text = md.renderer.rules.text;
      md.renderer.rules.text = (...args) => text?.(...args).replaceAll('{{', '&#123;&#123;') ?? '';
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    notFound: {
      title: 'Page not found',
      quote: 'There is no page at this address. Search finds every page.',
      linkText: 'To the first page',
    },
    nav: [
      { text: 'Guides', link: '/docs/guides/bring-your-data' },
      { text: 'Playground', link: '/playground' },
      ...(existsSync(join(pages, 'api')) ? [{ text: 'API', link: '/api/' }] : []),
    ],
    sidebar: [
      group('Start', [{ text: 'Overview', link: '/overview' }, ...folder('docs/guides')], false),
      group('Reference', folder('docs'), false),
      group('Packages', [...folder('packages'), ...folder('apps')]),
      group('API', apiPages()),
      group('Examples', folder('examples')),
      group(
        'Project',
        folder('.').filter(({ link }) => !['/index', '/playground', '/overview'].includes(link ?? '')),
      ),
      group('Decisions', folder('docs/decisions')),
    ].filter(({ items }) => items?.length !== 0),
    socialLinks: [{ icon: 'github', link: repositoryUrl }],
  },
  vite: {
    // The sources of the packages, as everywhere in the workspace.
    resolve: { conditions: ['@store/source'] },
    esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
    worker: { format: 'es' },
    logLevel: 'warn',
  },
});
