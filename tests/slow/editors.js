/*
 * editors.js: asks a language server what an editor would show, for editors.bats. The working
 * directory is the editor's folder.
 *
 *	node editors.js SERVER SETTINGS diagnostics FILE...     prints FILE:LINE: MESSAGE
 *	node editors.js SERVER SETTINGS hover FILE...           prints FILE:LINE: TEXT
 *	node editors.js SERVER SETTINGS completion FILE LINE    prints LABEL: DOCUMENTATION
 *
 * SETTINGS is JSON as in the settings of Visual Studio Code, {"yaml.schemas": …}. hover asks at the
 * first word of each line, completion at the beginning of the line. Ends with 1 when the
 * server has not answered everything after a minute.
 */
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');

const [server, settings, question, ...operands] = process.argv.slice(2);
const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const uriOf = file => pathToFileURL(path.resolve(file)).href;

function end(status, message) {
	if (message)
		console.error(message);
	child.kill();
	process.exitCode = status;
	clearTimeout(limit);
}
const limit = setTimeout(() => end(1, 'no answer from the server'), 60000);
child.on('exit', () => end(process.exitCode ?? 1));

/* {"yaml.schemaStore.enable": false} → {yaml: {schemaStore: {enable: false}}}, as that editor does */
function nested(flat) {
	const all = {};
	for (const [name, value] of Object.entries(flat)) {
		const keys = name.split('.'), last = keys.pop();
		keys.reduce((map, key) => map[key] ??= {}, all)[last] = value;
	}
	return all;
}
const configuration = nested(JSON.parse(settings));

/* JSON-RPC: a header with the length in bytes, an empty line, JSON */
const answers = new Map();
const listeners = {};
let calls = 0, input = Buffer.alloc(0);

function send(message) {
	const body = JSON.stringify({ jsonrpc: '2.0', ...message });
	child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function ask(method, params) {
	send({ id: ++calls, method, params });
	return new Promise(resolve => answers.set(calls, resolve));
}

function receive(message) {
	if (!message.method)
		answers.get(message.id)(message.result);
	else if (message.id === undefined)
		listeners[message.method]?.(message.params);
	else
		send({ id: message.id, result: listeners[message.method]?.(message.params) ?? null });
}

child.stdout.on('data', data => {
	input = Buffer.concat([input, data]);
	for (;;) {
		const start = input.indexOf('\r\n\r\n') + 4;
		const length = Number(/Content-Length: (\d+)/i.exec(input.toString('latin1', 0, start))?.[1]);
		if (start < 4 || input.length < start + length)
			return;
		const body = input.toString('utf8', start, start + length);
		input = input.subarray(start + length);
		receive(JSON.parse(body));
	}
});

const configured = new Promise(resolve => {
	listeners['workspace/configuration'] = ({ items }) => {
		setImmediate(resolve);
		return items.map(item => configuration[item.section] ?? null);
	};
});

/* what the server says of a file that is opened */
const diagnosed = new Map();
listeners['textDocument/publishDiagnostics'] = ({ uri, diagnostics }) =>
	diagnosed.get(uri)?.(diagnostics);

function open(file) {
	const document = { uri: uriOf(file), languageId: 'yaml', version: 1,
		text: fs.readFileSync(file, 'utf8') };
	send({ method: 'textDocument/didOpen', params: { textDocument: document } });
	return new Promise(resolve => diagnosed.set(document.uri, resolve));
}

const oneLine = markup => (markup?.value ?? markup ?? '').replace(/\s+/g, ' ');

const askAt = (method, file, line, character) => ask(`textDocument/${method}`,
	{ textDocument: { uri: uriOf(file) }, position: { line: line - 1, character } });

const questions = {
	async diagnostics(...files) {
		for (const file of files)
			for (const { range, message } of await open(file))
				console.log(`${file}:${range.start.line + 1}: ${message}`);
	},
	async hover(...files) {
		for (const file of files) {
			await open(file);
			for (const [i, line] of fs.readFileSync(file, 'utf8').split('\n').entries()) {
				const answer = await askAt('hover', file, i + 1, line.search(/\w|$/) + 1);
				console.log(`${file}:${i + 1}: ${oneLine(answer?.contents)}`);
			}
		}
	},
	async completion(file, line) {
		await open(file);
		for (const { label, documentation } of (await askAt('completion', file, line, 0)).items)
			console.log(`${label}: ${oneLine(documentation)}`);
	},
};

async function main() {
	await ask('initialize', {
		processId: process.pid,
		rootUri: uriOf('.'),
		workspaceFolders: [{ uri: uriOf('.'), name: 'folder' }],
		capabilities: { workspace: { configuration: true, workspaceFolders: true } },
	});
	send({ method: 'initialized', params: {} });
	await configured;
	await questions[question](...operands);
	end(0);
}

main().catch(error => end(1, error));
