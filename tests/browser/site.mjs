// site - every page, as an officer and as a leader see it: wide and narrow, in both languages, with and without
// JavaScript. A page is right when it answers 200, its tags are balanced, nothing is wider than the window, the
// console is silent and axe finds nothing. Pictures go to build/shots.
// usage: node site.mjs BINARY        ROLES, WIDTHS, ONLY=path narrow it down
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { unbalanced } from './balance.mjs';
import { PASSWORD, startServer } from './server.mjs';

const axeSource = createRequire(import.meta.url)('axe-core').source;
const shots = 'build/shots';
const pages = ['/', '/tin', '/su-viec', '/canh-bao', '/du-bao', '/nguon', '/tim', '/tim?q=b%E1%BB%93i+th%C6%B0%E1%BB%9Dng',
	'/tim?q=khong+co+chu+nay', '/tim/da-luu', '/diem-bao', '/cai-dat', '/cai-dat/tai-khoan', '/nhat-ky', '/gioi-thieu', '/tro-giup'];
// One page of each kind that has a number in its address: the first that some page links to.
const numbered = [/^\/tin\/\d+$/, /^\/su-viec\/\d+$/, /^\/canh-bao\/\d+$/, /^\/diem-bao\/[\d-]+$/, /^\/nguon\/\d+$/, /^\/du-bao\/[^?#]+$/];
// Who may not see a page gets 403 there, and no link to it.
const closed = { chuyenvien: ['/cai-dat/tai-khoan', '/nhat-ky'], lanhdao: ['/cai-dat/tai-khoan', '/nhat-ky'], quantri: [] };
const widths = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

let passed = 0;
let failed = 0;
function tell(what, wrong) {
	if (!wrong.length) {
		passed++;
		return;
	}
	failed++;
	console.log(`not so: ${what}`);
	for (const w of wrong.slice(0, 8)) console.log(`    ${w}`);
}

async function signIn(context, base, login, password) {
	const page = await context.newPage();
	await page.goto(`${base}/dang-nhap`);
	const form = page.locator('form:has(input[type=password])');
	await form.locator('input:not([type=hidden]):not([type=password])').first().fill(login);
	await form.locator('input[type=password]').fill(password);
	await form.locator('button[type=submit], button:not([type])').first().click();
	await page.waitForLoadState();
	return page;
}

async function axe(page) {
	await page.evaluate(axeSource);
	const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
	return found.violations.map((v) => `axe ${v.id}: ${v.help}: ${v.nodes.length} × ${v.nodes[0].target.join(' ')} ${v.nodes[0].failureSummary?.split('\n')[1]?.trim() ?? ''}`);
}

async function overflow(page) {
	return page.evaluate(() => {
		const most = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= most) return [];
		const wide = [...document.querySelectorAll('body *')].filter((e) => {
			const r = e.getBoundingClientRect();
			return r.width && r.right > most + 1;
		});
		const name = (e) => `${e.tagName.toLowerCase()}${typeof e.className === 'string' && e.className ? '.' + e.className.trim().split(/\s+/).join('.') : ''}`;
		return [`wider than the window: ${document.documentElement.scrollWidth} > ${most} px: ${wide.slice(0, 4).map(name).join(', ')}`];
	});
}

function pathOf(base, href) {
	const u = new URL(href, base);
	return u.origin === base ? u.pathname : '';
}

async function findNumbered(page, base, paths) {
	const found = [];
	const seen = new Set();
	for (const path of paths) {
		const answer = await page.goto(base + path);
		if (!answer || answer.status() !== 200) continue;
		for (const href of await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) seen.add(pathOf(base, href));
	}
	for (const kind of numbered) {
		const one = [...seen].find((p) => kind.test(p));
		if (one) found.push(one);
		else if (['/tin/', '/su-viec/', '/canh-bao/'].some((p) => kind.test(`${p}1`))) tell(`some page links to one of ${kind}`, ['none does']);
	}
	return { found, seen };
}

async function look(page, base, path, how) {
	const wrong = [];
	const said = [];
	const hear = (m) => { if (['error', 'warning'].includes(m.type())) said.push(`console: ${m.text().slice(0, 300)}`); };
	const broke = (e) => said.push(`script: ${String(e).slice(0, 300)}`);
	const lost = (r) => said.push(`not loaded: ${r.url()} ${r.failure()?.errorText}`);
	page.on('console', hear);
	page.on('pageerror', broke);
	page.on('requestfailed', lost);
	const answer = await page.goto(base + path, { waitUntil: 'load' });
	if (answer.status() !== 200) wrong.push(`status ${answer.status()}`);
	wrong.push(...unbalanced(await answer.text()));
	const lang = await page.getAttribute('html', 'lang');
	if (lang !== how.lang) wrong.push(`html lang="${lang}", "${how.lang}" is wanted`);
	if ((await page.locator('h1').count()) !== 1) wrong.push(`${await page.locator('h1').count()} <h1> elements`);
	wrong.push(...await overflow(page));
	if (how.js) wrong.push(...await axe(page));
	if (how.shot) await page.screenshot({ path: `${shots}/${how.login}-${how.lang}-${how.width}${path.replace(/[^\w-]+/g, '_')}.png`, fullPage: true });
	page.off('console', hear);
	page.off('pageerror', broke);
	page.off('requestfailed', lost);
	tell(`${path} for ${how.login}, ${how.width}, ${how.lang}, ${how.js ? 'with' : 'without'} JavaScript`, [...wrong, ...said]);
}

async function walkThrough(browser, base, login) {
	let paths;
	for (const js of [true, false]) {
		for (const width of (process.env.WIDTHS ?? 'wide narrow').split(' ')) {
			const context = await browser.newContext({ viewport: widths[width], javaScriptEnabled: js, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' });
			const page = await signIn(context, base, login, PASSWORD);
			tell(`${login} signs in, ${width}, ${js ? 'with' : 'without'} JavaScript`, page.url().includes('/dang-nhap') ? [`still at ${page.url()}`] : []);
			if (!paths) {
				const open = pages.filter((p) => !closed[login].includes(p.split('?')[0]));
				const { found, seen } = await findNumbered(page, base, open);
				paths = [...open, ...found];
				for (const path of closed[login]) {
					const status = (await page.goto(base + path)).status();
					const wrong = status === 403 ? [] : [`status ${status}, 403 is wanted`];
					if (seen.has(path)) wrong.push('some page links to it');
					tell(`${path} is closed to ${login}`, wrong);
				}
				if (process.env.ONLY) paths = [process.env.ONLY];
			}
			for (const lang of ['vi', 'en']) {
				await page.goto(`${base}/gioi-thieu?lang=${lang}`);
				for (const path of paths) await look(page, base, path, { login, width, lang, js, shot: js });
			}
			await context.close();
		}
	}
}

async function atTheDoor(browser, base) {
	const context = await browser.newContext({ viewport: widths.narrow });
	const page = await context.newPage();
	for (const path of ['/', '/tin', '/nhat-ky']) {
		await page.goto(base + path);
		tell(`${path} asks a stranger to sign in`, new URL(page.url()).pathname === '/dang-nhap' ? [] : [`at ${page.url()}`]);
	}
	await look(page, base, '/dang-nhap', { login: 'nobody', width: 'narrow', lang: 'vi', js: true, shot: true });
	const again = await signIn(context, base, 'chuyenvien', 'not the password');
	tell('a wrong password does not sign in', new URL(again.url()).pathname === '/dang-nhap' ? [] : [`at ${again.url()}`]);
	tell('and says so', (await again.locator('[role=alert], .error, .note, .mistakes').count()) ? [] : ['nothing is said']);
	const lost = await page.goto(`${base}/khong-co-trang-nay`);
	tell('a page that is not there says 404', lost.status() === 404 ? [] : [`status ${lost.status()}`]);
	const head = (await page.goto(`${base}/dang-nhap`)).headers();
	const wanted = { 'content-security-policy': /default-src 'none'|default-src 'self'/, 'x-content-type-options': /nosniff/, 'referrer-policy': /./ };
	tell('the heads that keep strangers out are there', Object.entries(wanted).filter(([k, v]) => !v.test(head[k] ?? '')).map(([k]) => `${k}: ${head[k]}`));
	await context.close();
}

// By keyboard alone: the first Tab shows the way past the navigation, and it leads to the content.
async function byKeyboard(browser, base) {
	const context = await browser.newContext({ viewport: widths.wide });
	const page = await signIn(context, base, 'chuyenvien', PASSWORD);
	await page.goto(`${base}/tin`);
	await page.keyboard.press('Tab');
	const first = await page.evaluate(() => document.activeElement.getAttribute('href') ?? '');
	tell('the first Tab offers to skip to the content', first.startsWith('#') ? [] : [`it reaches "${first}"`]);
	await page.keyboard.press('Enter');
	tell('and skips there', (await page.evaluate(() => location.hash)) === first ? [] : ['the address does not say so']);
	const unseen = [];
	for (let i = 0; i < 60; i++) {
		await page.keyboard.press('Tab');
		const bad = await page.evaluate(() => {
			const e = document.activeElement;
			if (!e || e === document.body || e.type === 'date') return ''; // a date is three fields of the browser's own
			const s = getComputedStyle(e);
			const r = e.getBoundingClientRect();
			const shown = s.outlineStyle !== 'none' || s.boxShadow !== 'none';
			return shown && r.width && r.height ? '' : e.outerHTML.slice(0, 120);
		});
		if (bad) unseen.push(bad);
	}
	tell('whatever has the keyboard is seen to have it', unseen);
	await context.close();
}

mkdirSync(shots, { recursive: true });
const { base, stop } = await startServer(process.argv[2]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
try {
	await atTheDoor(browser, base);
	for (const login of (process.env.ROLES ?? 'chuyenvien lanhdao').split(' ')) await walkThrough(browser, base, login);
	await byKeyboard(browser, base);
} catch (e) {
	tell('the walk came to its end', [String(e.stack ?? e)]);
} finally {
	await browser.close();
	tell('the server ends in peace', await stop());
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
