'use strict';
// console.* in Lambda's text format. A message goes out as one frame, so that one with several lines stays one log event.

const fs = require('node:fs');
const util = require('node:util');

/** A second way to the same pipe: a function may close its standard output, and what it opens next would get the number. */
function ownOutput() {
  try {
    return fs.openSync('/dev/fd/1', 'w');
  } catch {
    return 1;
  }
}

const log = ownOutput();
const FRAME_TEXT = 0xa55a0003;
const nap = new Int32Array(new SharedArrayBuffer(4));

/** Writes one log event: type, length and microseconds, then the text, the framing of Lambda's telemetry. */
function writeFrame(text) {
  const message = Buffer.from(text);
  const frame = Buffer.allocUnsafe(16 + message.length);
  frame.writeUInt32BE(FRAME_TEXT, 0);
  frame.writeUInt32BE(message.length, 4);
  frame.writeBigUInt64BE(BigInt(Date.now()) * 1000n, 8);
  message.copy(frame, 16);
  let written = 0;
  while (written < frame.length) {
    try {
      written += fs.writeSync(log, frame, written);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      // The pipe is full and was made non-blocking by user code that touched process.stdout.
      Atomics.wait(nap, 0, 0, 1);
    }
  }
}

const LEVELS = { log: 'INFO', debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR', trace: 'TRACE', fatal: 'FATAL' };

function installConsole(current) {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...values) => {
      let text = util.format(...values);
      if (method === 'trace') {
        const place = {};
        Error.captureStackTrace(place, console.trace);
        text = `Trace: ${text}\n${place.stack.split('\n').slice(1).join('\n')}`;
      }
      writeFrame(`${new Date().toISOString()}\t${current.requestId}\t${level}\t${text}`);
    };
  }
}

module.exports = { installConsole, writeFrame };
