package virga.protocol.wire;

import virga.kernel.Fault;

/** What AWS answers where a request cannot be read. */
final class Malformed {
    private Malformed() {}

    static Fault serialization(String message) {
        return new Fault("SerializationException", 400, message);
    }

    /** A token of the wrong kind, in the words of AWS's framework: {@code STRING_VALUE can not be converted to an Integer}. */
    static Fault conversion(String token, String wanted) {
        String article = "AEIOU".indexOf(wanted.charAt(0)) >= 0 ? "an " : "a ";
        return serialization(token + " can not be converted to " + article + wanted);
    }

    static Fault notAcceptable() {
        return new Fault("NotAcceptableException", 406, "The Accept header does not allow what this operation answers");
    }

    static Fault mediaType(String message) {
        return new Fault("UnsupportedMediaTypeException", 415, message);
    }
}
