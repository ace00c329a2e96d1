// walk - plays a .http file: one request after another against one data folder, each with what its answer must
// hold. No socket: every request is the standard input of `nhipcau http`, its answer the standard output.
//
//   # a remark
//   == The sentence that is tested
//   POST /dang-nhap                 method and address; {name} is what was kept before
//   Accept: application/json        further heads, as many as wanted
//   | login=chuyenvien&_csrf={csrf} the body, line by line
//   ? 303                           the status
//   ? head location: /              a head of the answer holds these words
//   ? has TEXT · ? lacks TEXT       the body holds them, or not
//   ? json                          the body is JSON
//   ! csrf name="_csrf" value="([^"]*)"     keeps what the expression found in the body
//
// Cookies are kept over the file, as a browser would. "_csrf" is kept by itself as {csrf} from every form.
// usage: node walk.mjs BINARY DATA FILE…
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const [binary, data, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;

function ask(request, kept, cookies) {
	const body = fill(request.body.join('\n'), kept, true);
	const head = [`${request.method} ${fill(request.path, kept)} HTTP/1.1`, 'Host: 127.0.0.1:8080', 'Connection: close', ...request.heads.map((h) => fill(h, kept))];
	if (cookies.size) head.push('Cookie: ' + [...cookies].map(([k, v]) => `${k}=${v}`).join('; '));
	if (request.method !== 'GET' && !request.heads.some((h) => /^content-type:/i.test(h))) head.push('Content-Type: application/x-www-form-urlencoded');
	if (request.method !== 'GET') head.push(`Content-Length: ${Buffer.byteLength(body)}`);
	const run = spawnSync(binary, ['http', '--data', data], { input: head.join('\r\n') + '\r\n\r\n' + body, maxBuffer: 64 << 20 });
	const out = run.stdout;
	const end = out.indexOf('\r\n\r\n');
	const lines = out.subarray(0, Math.max(end, 0)).toString().split('\r\n');
	const heads = lines.slice(1).map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 1).trim()]);
	for (const [k, v] of heads) {
		if (k !== 'set-cookie') continue;
		const [pair] = v.split(';');
		const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
		if (value && !/max-age=0\b/i.test(v)) cookies.set(name, value);
		else cookies.delete(name);
	}
	const said = run.stderr.toString();
	return { status: Number(lines[0]?.split(' ')[1] ?? 0), heads, body: end < 0 ? '' : out.subarray(end + 4).toString(), said, first: lines[0] ?? '' };
}

function fill(text, kept, encode) {
	return text.replace(/\{(\w+)\}/g, (all, name) => (name in kept ? (encode ? encodeURIComponent(kept[name]) : kept[name]) : all));
}

function judge(want, answer, kept) {
	const [word, ...rest] = want.split(' ');
	const text = fill(rest.join(' '), kept);
	if (/^\d+$/.test(word)) return answer.status === Number(word) ? '' : `status ${answer.status}, ${word} is wanted`;
	if (word === 'has') return answer.body.includes(text) ? '' : `the body lacks: ${text}`;
	if (word === 'lacks') return answer.body.includes(text) ? `the body has: ${text}` : '';
	if (word === 'head') {
		const [name, value] = [text.slice(0, text.indexOf(':')).toLowerCase(), text.slice(text.indexOf(':') + 1).trim()];
		const got = answer.heads.filter(([k]) => k === name).map(([, v]) => v);
		return got.some((v) => v.includes(value)) ? '' : `head ${name} is ${JSON.stringify(got)}, "${value}" is wanted in it`;
	}
	if (word === 'json') {
		try {
			JSON.parse(answer.body);
			return '';
		} catch (e) {
			return `no JSON: ${e.message}`;
		}
	}
	return `no such condition: ${want}`;
}

function parse(file) {
	const steps = [];
	let step;
	readFileSync(file, 'utf8').split('\n').forEach((line, i) => {
		const bad = (why) => { throw new Error(`${file}:${i + 1}: ${why}`); };
		if (!line.trim() || line.startsWith('#')) return;
		if (line.startsWith('== ')) steps.push(step = { sentence: line.slice(3), heads: [], body: [], wants: [], keeps: [] });
		else if (!step) bad('a request needs a sentence (== …) before it');
		else if (/^(GET|POST|PUT|DELETE|HEAD|OPTIONS) /.test(line)) [step.method, step.path] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
		else if (line.startsWith('| ')) step.body.push(line.slice(2));
		else if (line.startsWith('? ')) step.wants.push(line.slice(2));
		else if (line.startsWith('! ')) step.keeps.push([line.split(' ')[1], new RegExp(line.split(' ').slice(2).join(' '))]);
		else if (/^[\w-]+:/.test(line)) step.heads.push(line);
		else bad(`not understood: ${line}`);
	});
	return steps;
}

for (const file of files) {
	const kept = {};
	const cookies = new Map();
	for (const step of parse(file)) {
		const answer = ask(step, kept, cookies);
		const csrf = /name="_csrf" value="([^"]*)"/.exec(answer.body);
		if (csrf) kept.csrf = csrf[1];
		const wrong = step.wants.map((w) => judge(w, answer, kept)).filter(Boolean);
		if (/Sanitizer|runtime error:/.test(answer.said)) wrong.push(answer.said.split('\n').find((l) => /Sanitizer|runtime error:/.test(l)));
		for (const [name, form] of step.keeps) {
			const found = form.exec(answer.body);
			if (found) kept[name] = found[1];
			else wrong.push(`nothing to keep as {${name}}: ${form}`);
		}
		if (!wrong.length) {
			passed++;
			continue;
		}
		failed++;
		console.log(`not so: ${basename(file)}: ${step.sentence}   (${step.method} ${fill(step.path, kept)}: ${answer.first})`);
		for (const w of wrong) console.log(`    ${w}`);
		if (answer.status === 0 || answer.status >= 500) console.log(`    ${answer.said.trim().split('\n').slice(-3).join('\n    ')}`);
	}
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
