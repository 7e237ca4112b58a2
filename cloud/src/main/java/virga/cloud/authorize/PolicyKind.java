package virga.cloud.authorize;

/** What a policy is attached to, in the words of AWS's access denied messages. */
public enum PolicyKind {
    IDENTITY("identity-based policy", "an identity-based policy"),
    RESOURCE("resource-based policy", "a resource-based policy"),
    /** A resource policy of a role. */
    TRUST("resource-based policy", "a resource-based policy"),
    BOUNDARY("permissions boundary", "a permissions boundary"),
    SESSION("session policy", "a session policy");

    private final String words;
    private final String wordsWithArticle;

    PolicyKind(String words, String wordsWithArticle) {
        this.words = words;
        this.wordsWithArticle = wordsWithArticle;
    }

    String words() {
        return words;
    }

    String wordsWithArticle() {
        return wordsWithArticle;
    }
}
