package virga.services.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import virga.cloud.Environment;
import virga.cloud.Exchange;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.store.RecordCodec;

/**
 * Bytes on their way into the store and out of it.
 *
 * <p>States of a content: being written (its timer will discard it), named by a row (no timer), no longer named (a timer again), gone.
 */
final class Contents {
    static final TaskKind<Discarding> DISCARD = new TaskKind<>("s3/discard", RecordCodec.of(Discarding.class));

    private final S3Limits limits;

    Contents(S3Limits limits) {
        this.limits = limits;
    }

    /** A content to be deleted. */
    record Discarding(String contentId) {}

    /**
     * Bytes that are written and not yet named by any row.
     *
     * @param last the last piece, which is written together with the row that names the content
     * @param pieces that are in the store already
     */
    record Written(String contentId, long size, String md5, Map<String, String> checksums, Bytes last, long pieces) {
        Content.Segment segment(int partNumber) {
            return new Content.Segment(partNumber, contentId, size, md5, checksums);
        }
    }

    /** Reads {@code body} to its end and keeps it, all but the last piece. */
    Written write(Exchange exchange, ByteStream body, Set<Digest> digests) throws IOException {
        if (body.length() > limits.putBytes()) {
            throw S3Faults.entityTooLarge();
        }
        String contentId = exchange.ports().ids().hex(32);
        Map<Digest, Digest.Running> running = new EnumMap<>(Digest.class);
        digests.forEach(digest -> running.put(digest, digest.start()));
        Digest.Running md5 = Digest.MD5.start();
        long size = 0;
        long pieces = 0;
        byte[] piece;
        try (InputStream in = body.open()) {
            while (true) {
                piece = in.readNBytes(limits.pieceBytes());
                md5.update(piece, 0, piece.length);
                for (Digest.Running one : running.values()) {
                    one.update(piece, 0, piece.length);
                }
                size += piece.length;
                if (size > limits.putBytes()) {
                    throw S3Faults.entityTooLarge();
                }
                if (piece.length < limits.pieceBytes()) {
                    break;
                }
                keep(exchange, contentId, pieces, Bytes.wrap(piece));
                pieces++;
            }
        }
        if (body.length() >= 0 && size != body.length()) {
            throw new Fault(
                    "IncompleteBody",
                    400,
                    "You did not provide the number of bytes specified by the Content-Length HTTP header");
        }
        Map<String, String> checksums = new TreeMap<>();
        running.forEach((digest, one) -> checksums.put(digest.member(), one.base64()));
        return new Written(
                contentId, size, HexFormat.of().formatHex(md5.finish()), checksums, Bytes.wrap(piece), pieces);
    }

    private void keep(Exchange exchange, String contentId, long number, Bytes piece) {
        exchange.transact(work -> {
            if (number == 0) {
                work.put(S3Keys.CONTENT.key(contentId), Bytes.EMPTY);
                work.schedule(DISCARD, contentId, work.now().plus(limits.uploadTime()), new Discarding(contentId));
            } else {
                requireThere(work, contentId);
            }
            work.put(S3Keys.PIECE.key(contentId, number), piece);
            return number;
        });
    }

    private static void requireThere(UnitOfWork work, String contentId) {
        if (work.get(S3Keys.CONTENT.key(contentId)).isEmpty()) {
            throw new Fault(
                    "RequestTimeout",
                    400,
                    "Your socket connection to the server was not read from or written to within the timeout period.");
        }
    }

    /** Makes a written content stay: for the transaction that writes the row which names it. */
    void settle(UnitOfWork work, Written written) {
        if (written.pieces() > 0) {
            requireThere(work, written.contentId());
            work.cancel(DISCARD, written.contentId());
        }
        work.put(S3Keys.CONTENT.key(written.contentId()), Bytes.EMPTY);
        if (!written.last().isEmpty()) {
            work.put(S3Keys.PIECE.key(written.contentId(), written.pieces()), written.last());
        }
    }

    /** Lets a content go that no row names any longer. */
    void release(UnitOfWork work, Content content) {
        content.segments().forEach(segment -> release(work, segment.contentId()));
    }

    void release(UnitOfWork work, String contentId) {
        work.schedule(DISCARD, contentId, work.now().plus(limits.readTime()), new Discarding(contentId));
    }

    TaskHandler.Result discard(Task<Discarding> task, Environment environment) {
        var principal = new Principal.Service(task.scope().account(), "s3.amazonaws.com", "");
        Cause cause = task.cause();
        String contentId = task.payload().contentId();
        environment.transact(environment.newCall(task.scope(), principal, cause), work -> {
            work.delete(S3Keys.CONTENT.key(contentId));
            work.delete(S3Keys.PIECE.range(contentId));
            return contentId;
        });
        return TaskHandler.Result.DONE;
    }

    /** The bytes from {@code from} on, {@code length} of them, read as they are asked for. */
    ByteStream read(Environment environment, Content content, long from, long length) {
        return new ByteStream() {
            @Override
            public InputStream open() {
                return new ContentStream(environment, content, limits.pieceBytes(), from, length);
            }

            @Override
            public long length() {
                return length;
            }

            @Override
            public boolean repeatable() {
                return true;
            }
        };
    }
}
