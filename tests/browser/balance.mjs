// balance - what is wrong with the tags of a page: elements left open, closed twice or crosswise, ids used twice,
// labels and references that point nowhere, a second <main>. Stricter than a browser, which forgives all of it.
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const SVG_EMPTY = new Set('path line circle rect use polyline polygon ellipse stop'.split(' '));

export function unbalanced(html) {
	const wrong = [];
	const open = [];
	const ids = new Map();
	const refs = [];
	let mains = 0;
	if (!/^\s*<!doctype html>/i.test(html)) wrong.push('no <!doctype html> at the start');
	const tags = /<!--[\s\S]*?-->|<(script|style|textarea|title)\b([^>]*)>[\s\S]*?<\/\1\s*>|<(\/?)([a-zA-Z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g;
	for (const m of html.matchAll(tags)) {
		if (m[0].startsWith('<!--')) continue;
		const whole = m[1] !== undefined; // an element whose content is no markup
		const close = m[3] === '/';
		const name = (m[1] ?? m[4]).toLowerCase();
		const attrs = m[2] ?? m[5];
		if (close) {
			const top = open.pop();
			if (top !== name) {
				wrong.push(`</${name}> closes <${top ?? 'nothing'}>`);
				if (wrong.length > 5) return wrong;
				if (open.includes(name)) while (open.pop() !== name);
				else if (top) open.push(top);
			}
			continue;
		}
		if (name === 'main') mains++;
		const id = /\sid="([^"]*)"/.exec(attrs);
		if (id) ids.set(id[1], (ids.get(id[1]) ?? 0) + 1);
		for (const r of attrs.matchAll(/\s(for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"/g)) refs.push(...r[2].split(/\s+/).map((v) => [r[1], v]));
		if (whole) continue;
		if (!VOID.has(name) && !attrs.trimEnd().endsWith('/')) open.push(name);
		else if (attrs.trimEnd().endsWith('/') && !VOID.has(name) && !SVG_EMPTY.has(name) && !open.includes('svg') && name !== 'svg') wrong.push(`<${name}/> is no empty element`);
	}
	if (open.length) wrong.push(`left open: ${open.join(' ')}`);
	if (mains !== 1) wrong.push(`${mains} <main> elements`);
	for (const [id, n] of ids) if (n > 1) wrong.push(`id "${id}" is there ${n} times`);
	for (const [what, id] of refs) if (id && !ids.has(id)) wrong.push(`${what}="${id}" points nowhere`);
	return wrong;
}
