package virga.services.dynamodb;

import java.time.Instant;
import java.util.Base64;
import virga.cloud.Faults;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.store.Codec;
import virga.store.RecordCodec;

/**
 * A place in a shard. Clients see an opaque text.
 *
 * @param next the number of the record that it points to, which may not be there yet
 */
record ShardIterator(String streamArn, int shard, long next, Instant issuedAt) {
    private static final Codec<ShardIterator> CODEC = RecordCodec.of(ShardIterator.class);

    /** @throws virga.kernel.Fault ValidationException where it is not a text that {@link #text} made */
    static ShardIterator parse(String text) {
        try {
            String token = text.substring(text.lastIndexOf('|') + 1);
            return CODEC.decode(Bytes.wrap(Base64.getUrlDecoder().decode(token)));
        } catch (IllegalArgumentException | Bug unreadable) {
            throw Faults.validation("Invalid ShardIterator");
        }
    }

    String text() {
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(CODEC.encode(this).unsafeArray());
        return streamArn + "|1|" + token;
    }
}
