package virga.protocol.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import virga.kernel.Fault;

/** Passes a body on and checks it at its end: a body that is wrong fails before its reader sees the end. */
final class CheckedStream extends FilterInputStream {
    private final List<Check> checks;
    private boolean done;

    /** A checksum, the value it must have, and what to answer where it has another. */
    record Check(Checksum checksum, String expected, Fault otherwise) {}

    CheckedStream(InputStream in, List<Check> checks) {
        super(in);
        this.checks = checks;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = super.read(buffer, from, length);
        if (count > 0) {
            for (Check check : checks) {
                check.checksum().update(buffer, from, count);
            }
        } else if (count < 0 && !done) {
            done = true;
            for (Check check : checks) {
                if (!check.checksum().base64().equals(check.expected())) {
                    throw check.otherwise();
                }
            }
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
