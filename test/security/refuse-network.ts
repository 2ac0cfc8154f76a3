/** Loaded before a program (`node --import`): every way to another machine throws, and what was tried is written to a file. */
import { appendFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const net = require('node:net');
const dns = require('node:dns');
const dgram = require('node:dgram');
const local = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

function refuse(what: string): never {
    const log = process.env['STRATA_NETWORK_LOG'];
    if (log !== undefined) {
        appendFileSync(log, `${what}\n`);
    }
    throw new Error(`No network here: ${what}`);
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given: unknown[]) {
    // Node hands its own calls on as one list of options and callback.
    const [first] = Array.isArray(given[0]) ? given[0] : given;
    const options = typeof first === 'object' && first !== null ? first : { port: first, host: given[1] };
    const host = 'host' in options && typeof options.host === 'string' ? options.host : 'localhost';
    // A path is a pipe on this machine.
    if (!('path' in options && typeof options.path === 'string') && !local.test(host)) {
        refuse(`connect ${host}`);
    }
    return connect.apply(this, given);
};

for (const [owner, what] of [
    [dns, 'dns'],
    [dns.promises, 'dns'],
] as const) {
    for (const name of Object.keys(owner).filter((each) => /^(lookup|resolve|reverse)/.test(each))) {
        const original = owner[name];
        owner[name] = (host: unknown, ...others: unknown[]) =>
            local.test(String(host)) ? original(host, ...others) : refuse(`${what} ${name} ${String(host)}`);
    }
}
dgram.createSocket = () => refuse('a datagram socket');
syncBuiltinESMExports();
