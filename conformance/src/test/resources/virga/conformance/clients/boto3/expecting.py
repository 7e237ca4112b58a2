"""What the scenarios share to say what they expect."""
import contextlib
import time

from botocore.exceptions import ClientError


@contextlib.contextmanager
def refused(code, status, words):
    """Expects the call in its block to be refused so; the message must contain the words."""
    try:
        yield
    except ClientError as error:
        told = error.response["Error"]
        assert told["Code"] == code, error.response
        assert words in told["Message"], error.response
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status, error.response
        return
    raise AssertionError(f"expected to be refused with {code}")


def eventually(ask, until, seconds=60):
    """Asks until the answer is as it should become."""
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if until(answer):
            return answer
        assert time.monotonic() < end, f"still: {answer}"
        time.sleep(0.1)
