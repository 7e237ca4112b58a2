package virga.services.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import virga.cloud.Environment;
import virga.kernel.Bytes;

/** Part of a content, fetched piece by piece. */
final class ContentStream extends InputStream {
    private final Environment environment;
    private final int pieceBytes;
    private final Iterator<Content.Segment> segments;
    private Content.Segment segment;
    private long at;
    private long left;
    private byte[] piece = new byte[0];
    private int inPiece;

    ContentStream(Environment environment, Content content, int pieceBytes, long from, long length) {
        this.environment = environment;
        this.pieceBytes = pieceBytes;
        this.segments = content.segments().iterator();
        this.left = length;
        this.at = from;
        while (left > 0) {
            segment = segments.next();
            if (at < segment.size()) {
                break;
            }
            at -= segment.size();
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? next() : -1;
    }

    private int next() {
        left--;
        at++;
        return piece[inPiece++] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = (int) Math.min(Math.min(length, piece.length - inPiece), left);
        System.arraycopy(piece, inPiece, into, offset, count);
        inPiece += count;
        at += count;
        left -= count;
        return count;
    }

    /** Makes sure that there is a byte to hand out; false at the end. */
    private boolean fill() throws IOException {
        if (left == 0) {
            return false;
        }
        if (inPiece == piece.length) {
            while (at == segment.size()) {
                segment = segments.next();
                at = 0;
            }
            String contentId = segment.contentId();
            Optional<Bytes> found =
                    environment.read(reading -> reading.get(S3Keys.PIECE.key(contentId, at / pieceBytes)));
            piece = found.orElseThrow(() -> new IOException("The object was deleted while it was read"))
                    .unsafeArray();
            inPiece = (int) (at % pieceBytes);
        }
        return true;
    }
}
