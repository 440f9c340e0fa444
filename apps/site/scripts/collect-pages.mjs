/**
 * Copies what the repository has as Markdown to the folder that VitePress reads, under the paths of the repository:
 * a link from page to page becomes an address of the site, one to another file its address in the public repository.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { root } from '../../../scripts/programs.mjs';

/** Where the sources are published; CONTRIBUTING.md says what to change when they move. */
export const repositoryUrl = 'https://github.com/store-inventory/store-inventory';

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});

/** Markdown of the repository that people read: not notes for the next release, not what a test compares with. */
export const pages = listed
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))
  .filter(
    (path) =>
      !/^\.changeset\/|^\.github\/|^apps\/site\/pages\/|\.api\.md$|\/(test|fixtures|golden)\//.test(path),
  );

/** Path of a page on the site, without its ending: `packages/jq/README.md` is `packages/jq/index`. */
export function addressOf(path) {
  if (path === 'README.md') return 'overview';
  return path.replace(/README\.md$/, 'index').replace(/\.md$/, '');
}

/** Copies every page to a folder, and its pictures to the folder's `public`. */
export function collectPages(folder) {
  for (const path of pages) {
    const copy = join(folder, `${addressOf(path)}.md`);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, forSite(path, readFileSync(join(root, path), 'utf8'), folder));
  }
}

/** Text of a page with the links of the site; blocks and pieces of code stay as they are, comments are left out. */
function forSite(path, text, folder) {
  // A comment may have code in it, and code a comment: what begins first holds the other.
  const parts = text.split(/(^```[\s\S]*?^```|`[^`\n]*`|<!--[\s\S]*?-->\n?)/m);
  return parts
    .map((part, n) => {
      if (n % 2 === 1) return part.startsWith('<!--') ? '' : part;
      return part.replaceAll(/\]\(([^)\s]+)\)/g, (_, target) => `](${linkOf(path, target, folder)})`);
    })
    .join('');
}

function linkOf(page, target, folder) {
  if (/^[a-z]+:/.test(target) || target.startsWith('#')) return target;
  const [link = '', anchor] = target.split('#', 2);
  const path = posix.normalize(posix.join(posix.dirname(page), link)).replace(/\/$/, '');
  const behind = anchor === undefined ? '' : `#${anchor}`;
  if (pages.includes(path)) return `/${addressOf(path)}${behind}`;
  if (/\.(png|svg)$/.test(path)) {
    const copy = join(folder, 'public', path);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(root, path), copy);
    return `/${path}`;
  }
  // A file that is missing is a dead link: the build says so.
  if (!existsSync(join(root, path))) return target;
  const kind = statSync(join(root, path)).isDirectory() ? 'tree' : 'blob';
  return `${repositoryUrl}/${kind}/main/${path}${behind}`;
}
