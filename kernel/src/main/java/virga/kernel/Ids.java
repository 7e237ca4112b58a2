package virga.kernel;

/** Makes identifiers, from an environment's chance and clock. */
public final class Ids {
    private static final String HEX = "0123456789abcdef";
    private static final String UPPER_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ALPHANUMERIC = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final Chance chance;
    private final Clock clock;

    public Ids(Chance chance, Clock clock) {
        this.chance = chance.named("ids");
        this.clock = clock;
    }

    /** A random (version 4) UUID: request ids, message ids. */
    public String uuid() {
        long high = (chance.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x0000_0000_0000_4000L;
        long low = (chance.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new java.util.UUID(high, low).toString();
    }

    public String hex(int length) {
        return pick(HEX, length);
    }

    /** Lower case letters and digits: generated resource names. */
    public String alphanumeric(int length) {
        return pick(ALPHANUMERIC, length);
    }

    /** Upper case base 32: access key ids and IAM unique ids are made of these. */
    public String upperBase32(int length) {
        return pick(UPPER_BASE32, length);
    }

    /** An X-Ray trace id, {@code 1-<epoch seconds, 8 hex>-<24 hex>}. Source: "Tracing header", AWS X-Ray Developer Guide. */
    public String traceId() {
        return "1-%08x-%s".formatted(clock.now().getEpochSecond(), hex(24));
    }

    private String pick(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(chance.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
