package virga.kernel;

/** Numbers of things, in words for people. */
public final class Plural {
    private Plural() {}

    /** {@code 1 finding}, {@code 2 findings}: of nouns that take an s. */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
