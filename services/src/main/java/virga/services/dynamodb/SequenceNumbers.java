package virga.services.dynamodb;

import virga.cloud.Faults;

/** The numbers of stream records as clients see them: 21 digits, so that they are ordered as texts and as numbers. */
final class SequenceNumbers {
    private static final String FIRST_DIGIT = "1";
    private static final int LENGTH = 21;

    private SequenceNumbers() {}

    static String text(long sequence) {
        return FIRST_DIGIT + "%020d".formatted(sequence);
    }

    /** @throws virga.kernel.Fault ValidationException where it is not such a number */
    static long parse(String text) {
        boolean digits = text.length() == LENGTH && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || !text.startsWith(FIRST_DIGIT)) {
            throw Faults.validation("Invalid SequenceNumber: " + text);
        }
        try {
            return Long.parseLong(text.substring(1));
        } catch (NumberFormatException tooLong) {
            throw Faults.validation("Invalid SequenceNumber: " + text);
        }
    }
}
