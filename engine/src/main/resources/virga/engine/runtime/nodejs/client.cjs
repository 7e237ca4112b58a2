'use strict';
// HTTP/1.1 to the Runtime API over one kept socket. Requests may be sent before the answer to the one before has come; answers come in
// order. Node's own http takes several turns of the event loop for each exchange, which a worker on a busy machine pays with
// milliseconds, and loading it is a part of each cold start.

const net = require('node:net');

const HEAD_END = Buffer.from('\r\n\r\n');

class RuntimeClient {
  /** @param address host:port */
  constructor(address) {
    this.address = address;
    this.waiting = [];
    this.chunks = [];
    this.received = 0;
    this.wanted = 0;
    const [host, port] = address.split(':');
    // A connection that breaks means that Virga is gone: then so is this worker.
    this.socket = net.connect({ host, port, noDelay: true })
      .on('data', (chunk) => this.take(chunk))
      .on('close', () => process.exit(1))
      .on('error', () => process.exit(1))
      .unref();
  }

  /** Sends a request; `then` gets the answer's body and its headers by lower-case name. Only a request under way keeps the process alive. */
  send(method, target, body, headers, then) {
    let head = `${method} ${target} HTTP/1.1\r\nHost: ${this.address}\r\nContent-Length: ${body.length}\r\n`;
    for (const [name, value] of Object.entries(headers)) {
      head += `${name}: ${value}\r\n`;
    }
    this.waiting.push(then);
    this.socket.ref();
    this.socket.cork();
    this.socket.write(`${head}\r\n`, 'latin1');
    if (body.length > 0) this.socket.write(body);
    process.nextTick(() => this.socket.uncork());
  }

  take(chunk) {
    this.chunks.push(chunk);
    this.received += chunk.length;
    while (this.received > 0 && this.received >= this.wanted && this.takeAnswer());
  }

  /** Takes one answer from what was received; false where it is not complete yet. */
  takeAnswer() {
    const all = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    this.chunks = [all];
    const end = all.indexOf(HEAD_END);
    if (end < 0) return false;
    const headers = {};
    for (const line of all.toString('latin1', 0, end).split('\r\n').slice(1)) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const from = end + HEAD_END.length;
    const length = from + Number(headers['content-length']);
    // A long event comes in many pieces, which are put together once.
    this.wanted = length;
    if (all.length < length) return false;
    this.wanted = 0;
    this.received = all.length - length;
    this.chunks = this.received > 0 ? [all.subarray(length)] : [];
    const then = this.waiting.shift();
    if (this.waiting.length === 0) this.socket.unref();
    then(all.subarray(from, length), headers);
    return true;
  }
}

module.exports = { RuntimeClient };
