// server - one demonstration province behind one server on a free loopback port, for as long as a test runs.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSWORD = 'nhipcau-demo-2026';

function freePort() {
	return new Promise((done, no) => {
		const s = createServer();
		s.on('error', no);
		s.listen(0, '127.0.0.1', () => {
			const { port } = s.address();
			s.close(() => done(port));
		});
	});
}

async function answers(url, server, said) {
	for (let i = 0; i < 600; i++) {
		if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}:\n${said()}`);
		try {
			if ((await fetch(url)).ok) return;
		} catch { /* not yet */ }
		await new Promise((r) => setTimeout(r, 100));
	}
	throw new Error(`the server did not answer within a minute:\n${said()}`);
}

// With NHIPCAU_SITE=http://… a server that is there already is used, and left alone.
export async function startServer(binary) {
	if (process.env.NHIPCAU_SITE) return { base: process.env.NHIPCAU_SITE.replace(/\/$/, ''), stop: async () => [] };
	const dir = mkdtempSync(join(tmpdir(), 'nhipcau-browser-'));
	const data = join(dir, 'data');
	const demo = spawnSync(binary, ['demo', '--data', data], { encoding: 'utf8' });
	if (demo.status !== 0) throw new Error(`demo ended with ${demo.status}: ${demo.stderr}`);
	const port = await freePort();
	const base = `http://127.0.0.1:${port}`;
	const server = spawn(binary, ['serve', '--data', data, '--port', String(port), '--no-work'], { stdio: ['ignore', 'pipe', 'pipe'] });
	let log = '';
	for (const out of [server.stdout, server.stderr]) out.on('data', (d) => { log += d; });
	const stop = async () => {
		const ended = new Promise((r) => server.once('exit', (code, signal) => r(code ?? signal)));
		if (server.exitCode === null && server.signalCode === null) {
			server.kill('SIGTERM');
			const late = setTimeout(() => server.kill('SIGKILL'), 20000);
			await ended;
			clearTimeout(late);
		}
		rmSync(dir, { recursive: true, force: true });
		if (existsSync('build')) writeFileSync('build/browser-server.log', log);
		const wrong = log.split('\n').filter((l) => /Sanitizer|runtime error:/.test(l)).slice(0, 5);
		if (server.exitCode !== 0 && server.exitCode !== null) wrong.push(`the server ended with ${server.exitCode}`);
		if (server.signalCode) wrong.push(`the server ended by ${server.signalCode}`);
		return wrong;
	};
	try {
		await answers(`${base}/healthz`, server, () => log);
	} catch (e) {
		await stop();
		throw e;
	}
	return { base, stop };
}
