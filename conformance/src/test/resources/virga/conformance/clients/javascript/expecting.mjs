// What the scenarios share to say what they expect.
import assert from "node:assert/strict";

/** Expects a call to be refused by an error of this class's name, which is how the SDK's users catch it. */
export async function refused(call, type, name, status, words) {
  const error = await call.then(() => assert.fail(`expected to be refused with ${name}`), (thrown) => thrown);
  assert.ok(error instanceof type, `${error}`);
  assert.equal(error.name, name, error.message);
  assert.equal(error.$metadata.httpStatusCode, status);
  assert.match(error.message, words);
}

/** Asks until the answer is as it should become. */
export async function eventually(ask, until, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (until(answer)) return answer;
    assert.ok(Date.now() < end, `still: ${JSON.stringify(answer)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
