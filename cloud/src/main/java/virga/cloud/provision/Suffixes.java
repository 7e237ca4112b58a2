package virga.cloud.provision;

import virga.kernel.system.SeededChance;

/** The random-looking end of a generated name. */
final class Suffixes {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private Suffixes() {}

    static String of(String token) {
        SeededChance chance = new SeededChance(0);
        var stream = chance.named(token);
        StringBuilder text = new StringBuilder(12);
        for (int i = 0; i < 12; i++) {
            text.append(ALPHABET.charAt(stream.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
