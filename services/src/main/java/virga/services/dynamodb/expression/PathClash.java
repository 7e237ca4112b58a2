package virga.services.dynamodb.expression;

/** Is told of two paths that cannot stand in one expression. */
@FunctionalInterface
interface PathClash {
    /** @param how {@code overlap} where one lies within the other, {@code conflict} where one needs a map and one a list */
    void between(String how, Path one, Path two);

    PathClash IGNORED = (how, one, two) -> {};

    static PathClash reportedTo(TokenReader reader) {
        return (how, one, two) -> reader.report(
                "Two document paths " + how + " with each other; must remove or rewrite one of these paths; path one: "
                        + one + ", path two: " + two);
    }
}
