'use strict';
// Response streaming, as the function sees it. The engine collects the stream and hands it on whole.

const { Writable } = require('node:stream');

const STREAMING = Symbol.for('virga.streaming');
const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';

class ResponseStream extends Writable {
  constructor() {
    super();
    this.chunks = [];
    this.contentType = 'application/octet-stream';
  }

  _write(chunk, encoding, done) {
    this.chunks.push(Buffer.from(chunk, encoding === 'buffer' ? undefined : encoding));
    done();
  }

  setContentType(type) {
    this.contentType = type;
  }
}

function installStreaming() {
  globalThis.awslambda = {
    streamifyResponse(handler) {
      handler[STREAMING] = true;
      return handler;
    },
    HttpResponseStream: {
      from(stream, metadata) {
        stream.setContentType(PRELUDE_TYPE);
        stream.write(JSON.stringify(metadata));
        stream.write(Buffer.alloc(8));
        return stream;
      },
    },
  };
}

async function runStreaming(handler, event, context) {
  const stream = new ResponseStream();
  const finished = new Promise((resolve, reject) => {
    stream.on('finish', resolve);
    stream.on('error', reject);
  });
  await handler(event, stream, context);
  await finished;
  return { bytes: Buffer.concat(stream.chunks), contentType: stream.contentType };
}

module.exports = { installStreaming, isStreaming: (handler) => handler[STREAMING] === true, runStreaming };
